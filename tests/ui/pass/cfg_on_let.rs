//! `#[cfg]` on a `let`: what is not configured has no variable.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    #[cfg(any())]
    let n = 1;
    #[cfg(not(any()))]
    let n = 2;
    yield_!(n);
    yield_!(n);
}

fn main() {
    assert!(numbers().eq([2, 2]));
}
