//! A box in between ends the type.

use std::future::ready;
use unawait::prelude::*;

#[coro]
async fn third() -> u32 {
    ready(3).await
}

#[coro]
async fn second() -> u32 {
    Box::pin(third()).await + 1
}

#[coro]
async fn first() -> u32 {
    second().await + 1
}

fn main() {
    assert_eq!(pollster::block_on(first()), 5);
}
