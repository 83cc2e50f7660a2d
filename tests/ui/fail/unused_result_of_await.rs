//! What an await gave must be used, if its type says so.

#![deny(unused_must_use)]

use unawait::prelude::*;

async fn save(name: &str) -> Result<usize, String> {
    Ok(name.len())
}

#[coro]
async fn once() {
    save("once").await;
}

#[coro]
async fn twice(name: String) -> usize {
    save("one").await;
    save(&name).await;
    name.len()
}

fn main() {}
