//! The same for `continue`.

use unawait::prelude::*;

#[coro]
fn numbers(stop: bool) -> impl Iterator<Item = u32> {
    for i in 0..3 {
        yield_!(i);
    }
    if stop {
        continue;
    }
    yield_!(2);
}

fn main() {}
