//! What is polled has no inputs.

use unawait::prelude::*;

#[coro(first = input)]
async fn number() -> u32 {
    1
}

fn main() {}
