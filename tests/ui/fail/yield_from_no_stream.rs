//! A stream delegates to a stream.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Stream<Item = u32> {
    yield_from!(0..3);
}

fn main() {}
