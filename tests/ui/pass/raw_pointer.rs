//! What a raw pointer points to is in a box.

use unawait::prelude::*;

struct View {
    at: *const u32,
}

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    let x = Box::new(7);
    let view = View { at: &raw const *x };
    yield_!(1);
    // SAFETY: the box keeps it where it is.
    yield_!(unsafe { *view.at });
    yield_!(*x);
}

fn main() {
    assert!(numbers().eq([1, 7, 7]));
}
