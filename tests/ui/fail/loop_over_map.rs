//! A hash map has no n-th entry in constant time.

use unawait::prelude::*;

use std::collections::HashMap;

#[coro]
fn totals(map: HashMap<String, u32>) -> impl Iterator<Item = u32> {
    for (_, n) in &map {
        yield_!(*n);
    }
    yield_!(map.len() as u32);
}

fn main() {}
