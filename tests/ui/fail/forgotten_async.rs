//! `async` is missing.

use unawait::prelude::*;

#[coro]
fn load() -> impl Iterator<Item = u32> {
    let n = std::future::ready(1).await;
    yield_!(n);
}

#[coro]
fn plain() -> u32 {
    std::future::ready(1).await
}

fn main() {}
