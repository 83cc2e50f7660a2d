//! A stream delegates to a stream.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Stream<Item = u32> {
    yield_from!(numbers_of(3));
}

fn numbers_of(upto: u32) -> std::ops::Range<u32> {
    0..upto
}

fn main() {}
