//! A future that contains itself has no size.

use unawait::prelude::*;

#[coro]
async fn down(n: u32) -> u32 {
    if n == 0 { 0 } else { down(n - 1).await + 1 }
}

fn main() {}
