//! A future is no number: `.await` is missing.

use unawait::prelude::*;

async fn fetch(n: u32) -> u32 {
    n
}

#[coro]
async fn sum() -> u32 {
    let a = fetch(1).await;
    let b = fetch(2);
    a + b
}

fn main() {}
