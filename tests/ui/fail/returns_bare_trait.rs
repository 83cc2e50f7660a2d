//! A trait is no type.

use unawait::prelude::*;

#[coro]
fn numbers() -> Iterator<Item = u32> {
    yield_!(1);
}

fn main() {}
