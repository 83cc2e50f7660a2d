//! The branches of an `if` that suspends have different types.

use unawait::prelude::*;

#[coro]
fn numbers(yes: bool) -> impl Iterator<Item = u32> {
    let n = if yes {
        yield_!(0);
        1
    } else {
        "two"
    };
    yield_!(n);
}

fn main() {}
