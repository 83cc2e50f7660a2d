//! An iterator returns nothing.

use unawait::prelude::*;

#[coro]
fn numbers(stop: bool) -> impl Iterator<Item = u32> {
    yield_!(1);
    if stop {
        return 5;
    }
    yield_!(2);
    7
}

fn main() {}
