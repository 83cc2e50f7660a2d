//! A `break` without a loop of its own must not find one of ours.

use unawait::prelude::*;

#[coro]
fn numbers(stop: bool) -> impl Iterator<Item = u32> {
    while !stop {
        yield_!(1);
    }
    if stop {
        break;
    }
    yield_!(2);
}

fn main() {}
