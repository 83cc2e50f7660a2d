//! A list that was delegated to is gone.

use unawait::prelude::*;

#[coro]
fn twice(items: Vec<u32>) -> impl Iterator<Item = u32> {
    yield_from!(items);
    yield_from!(items);
}

fn main() {}
