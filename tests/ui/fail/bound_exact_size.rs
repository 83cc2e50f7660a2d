//! A generator does not know how many items remain.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl ExactSizeIterator<Item = u32> {
    yield_!(1);
}

fn main() {}
