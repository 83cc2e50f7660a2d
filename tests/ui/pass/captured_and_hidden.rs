//! The closure owns what it captures, or the variables have different names.

use std::future::ready;
use unawait::prelude::*;

#[coro]
async fn moved() -> usize {
    let y = ready(3_usize).await;
    let add = move |n: usize| n + y;
    let y = 7;
    ready(()).await;
    add(y)
}

#[coro]
async fn named() -> usize {
    let y = ready(3_usize).await;
    let add = |n: usize| n + y;
    let z = 7;
    ready(()).await;
    add(z)
}

fn main() {
    assert_eq!(pollster::block_on(moved()), 10);
    assert_eq!(pollster::block_on(named()), 10);
}
