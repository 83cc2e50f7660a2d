//! Only futures can be awaited.

use unawait::prelude::*;

#[coro]
async fn length(text: String) -> usize {
    let length = text.len().await;
    length + 1
}

#[coro]
async fn two(text: &str) -> usize {
    std::future::ready(1).await + count(text).await
}

fn count(text: &str) -> usize {
    text.len()
}

fn main() {}
