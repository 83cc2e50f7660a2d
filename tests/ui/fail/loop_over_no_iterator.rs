//! Only what can be iterated can stand in a `for` loop.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    for n in 5 {
        yield_!(n);
    }
}

fn main() {}
