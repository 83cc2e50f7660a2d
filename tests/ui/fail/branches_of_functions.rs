//! Each function has a type of its own.

use unawait::prelude::*;

fn one() -> u32 {
    1
}

fn two() -> u32 {
    2
}

#[coro]
fn numbers(first: bool) -> impl Iterator<Item = u32> {
    let f = if first {
        yield_!(0);
        one
    } else {
        two
    };
    yield_!(f());
}

fn main() {}
