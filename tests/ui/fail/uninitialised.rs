//! A variable is used before it is initialised.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    let n;
    yield_!(1);
    yield_!(n);
    n = 2;
    yield_!(n);
}

fn main() {}
