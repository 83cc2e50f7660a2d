//! A future gives one value.

use unawait::prelude::*;

#[coro]
async fn numbers(upto: u32) -> u32 {
    for n in 0..upto {
        yield_!(n);
    }
    upto
}

fn main() {}
