//! A machine that contains itself in a box.

use unawait::prelude::*;

#[coro]
fn countdown(n: u32) -> Box<dyn Iterator<Item = u32>> {
    yield_!(n);
    if n > 0 {
        yield_from!(countdown(n - 1));
    }
}

fn main() {
    assert!(countdown(2).eq([2, 1, 0]));
}
