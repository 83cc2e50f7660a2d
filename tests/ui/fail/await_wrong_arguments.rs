//! An async function is called with other arguments.

use unawait::prelude::*;

async fn get(n: u32, _: bool) -> u32 {
    n
}

#[coro]
async fn run() -> u32 {
    let a = get(1).await;
    let b = get("x", true).await;
    a + b
}

fn main() {}
