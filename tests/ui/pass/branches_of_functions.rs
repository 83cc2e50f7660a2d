//! The type is written.

use unawait::prelude::*;

fn one() -> u32 {
    1
}

fn two() -> u32 {
    2
}

#[coro]
fn numbers(first: bool) -> impl Iterator<Item = u32> {
    let f: fn() -> u32 = if first {
        yield_!(0);
        one
    } else {
        two
    };
    yield_!(f());
}

fn main() {
    assert!(numbers(true).eq([0, 1]));
    assert!(numbers(false).eq([2]));
}
