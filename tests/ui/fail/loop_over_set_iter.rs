//! The same with `.iter()`.

use unawait::prelude::*;

use std::collections::BTreeSet;

#[coro]
fn totals(set: BTreeSet<u32>) -> impl Iterator<Item = u32> {
    for n in set.iter() {
        yield_!(*n);
    }
    yield_!(set.len() as u32);
}

fn main() {}
