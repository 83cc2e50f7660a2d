//! A name whose scope has ended, used after a suspension.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    {
        let one = 1;
        yield_!(one);
    }
    yield_!(one);
}

fn main() {}
