//! A generator cannot run backwards.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl DoubleEndedIterator<Item = u32> {
    yield_!(1);
}

fn main() {}
