//! The variable is mutable.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    let mut n = 1;
    yield_!(n);
    n = 2;
    yield_!(n);
}

fn main() {
    assert!(numbers().eq([1, 2]));
}
