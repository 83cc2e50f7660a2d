//! An iterator is gone once a loop has taken it.

use unawait::prelude::*;

#[coro]
fn twice<I: Iterator<Item = u32>>(items: I) -> impl Iterator<Item = u32> {
    for n in items {
        yield_!(n);
    }
    for n in items {
        yield_!(n);
    }
}

fn main() {}
