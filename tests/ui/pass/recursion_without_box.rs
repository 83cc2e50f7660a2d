//! A machine that contains itself in a box, or as a stack of states.

use unawait::prelude::*;

#[coro]
fn countdown(n: u32) -> Box<dyn Iterator<Item = u32>> {
    yield_!(n);
    if n > 0 {
        yield_from!(countdown(n - 1));
    }
}

#[coro(recursive)]
fn down(n: u32) -> impl Iterator<Item = u32> {
    if n > 0 {
        yield_from!(down(n - 1));
    }
    yield_!(n);
}

fn main() {
    assert!(down(2).eq([0, 1, 2]));
    assert!(countdown(2).eq([2, 1, 0]));
}
