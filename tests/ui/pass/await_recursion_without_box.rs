//! A box between a future and itself.

use unawait::prelude::*;

#[coro]
async fn down(n: u32) -> u32 {
    if n == 0 { 0 } else { Box::pin(down(n - 1)).await + 1 }
}

fn main() {
    assert_eq!(pollster::block_on(down(3)), 3);
}
