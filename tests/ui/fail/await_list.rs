//! A list of futures is no future.

use unawait::prelude::*;

async fn get(n: u32) -> u32 {
    n
}

#[coro]
async fn all() -> Vec<u32> {
    let futures = vec![get(1), get(2)];
    futures.await
}

fn main() {}
