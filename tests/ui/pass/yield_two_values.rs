//! A tuple is one expression.

use unawait::prelude::*;

#[coro]
fn pairs() -> impl Iterator<Item = (u32, u32)> {
    yield_!((1, 2));
}

fn main() {
    assert!(pairs().eq([(1, 2)]));
}
