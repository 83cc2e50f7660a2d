//! The value of a function that returns a `Result`, without `Ok`.

use unawait::prelude::*;

async fn load() -> Result<u32, String> {
    Ok(1)
}

#[coro]
async fn variable() -> Result<u32, String> {
    let n = load().await?;
    n
}

#[coro]
async fn length(text: &str) -> Result<usize, String> {
    load().await?;
    text.len()
}

#[coro]
async fn nothing() -> Result<(), String> {
    load().await?;
}

fn main() {}
