//! The first input of an iterator.

use unawait::prelude::*;

#[coro(first = input)]
fn numbers() -> impl Iterator<Item = u32> {
    yield_!(1);
}

fn main() {}
