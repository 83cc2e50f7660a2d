//! What is pointed to is in a box; a pointer that is done with before the suspension, and what is none.

use unawait::prelude::*;

fn address(n: &u32) -> *const u32 {
    n
}

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    let x = Box::new(5);
    let p = address(&*x);
    yield_!(1);
    // SAFETY: the box keeps it where it is.
    yield_!(unsafe { *p });
    yield_!(*x);
}

#[coro]
fn before() -> impl Iterator<Item = u32> {
    let x = 5;
    let p = address(&x);
    // SAFETY: `x` is there.
    let n = unsafe { *p };
    let m = u32::max(n, *Option::Some(&x).unwrap());
    yield_!(n);
    yield_!(m);
}

fn main() {
    assert!(numbers().eq([1, 5, 5]));
    assert!(before().eq([5, 5]));
}
