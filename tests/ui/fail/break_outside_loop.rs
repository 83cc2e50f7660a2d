//! A `break` without a loop must not find one of ours.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    yield_!(1);
    break;
}

fn main() {}
