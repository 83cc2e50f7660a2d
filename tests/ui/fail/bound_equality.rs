//! Suspended functions cannot be compared.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> + PartialEq {
    yield_!(1);
}

fn main() {}
