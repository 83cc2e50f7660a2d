//! A value that went into a future is gone.

use unawait::prelude::*;

use std::future::ready;

#[coro]
async fn twice(name: String) -> usize {
    let first = ready(name).await;
    first.len() + name.len()
}

fn main() {}
