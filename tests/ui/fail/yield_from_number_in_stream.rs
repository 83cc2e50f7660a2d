//! A number is no stream.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Stream<Item = u32> {
    yield_from!(5);
}

fn main() {}
