//! A `Vec` comes all at once.

use unawait::prelude::*;

#[coro]
fn numbers() -> Vec<u32> {
    yield_!(1);
}

fn main() {}
