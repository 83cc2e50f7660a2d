//! A `for` loop has no value.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    let n = for i in 0..3 {
        yield_!(i);
        break i;
    };
    yield_!(n);
}

fn main() {}
