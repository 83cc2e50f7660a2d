//! An adapter of an iterator over a local, other than those that go by position.

use unawait::prelude::*;

#[coro]
fn differences(numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    for pair in numbers.windows(2) {
        yield_!(pair[1] - pair[0]);
    }
    yield_!(numbers.len() as u32);
}

fn main() {}
