//! A closure is a function of its own.

use unawait::prelude::*;

use std::future::ready;

#[coro]
async fn sum(list: Vec<u32>) -> u32 {
    list.into_iter().map(|n| ready(n).await).sum()
}

fn main() {}
