//! A condition of another type.

use unawait::prelude::*;

#[coro]
fn numbers(n: u32) -> impl Iterator<Item = u32> {
    if n {
        yield_!(n);
    }
    while n {
        yield_!(n);
    }
}

fn main() {}
