//! Raw pointers that stay valid: to what is in a box or behind a reference, in variables of their own, and within a statement.

use std::ptr;
use unawait::prelude::*;

struct View {
    at: *const u32,
}

unsafe fn read(at: *const u32) -> u32 {
    unsafe { *at }
}

#[coro]
fn pointers(argument: &u32) -> impl Iterator<Item = u32> {
    let boxed = Box::new(1);
    let view = View { at: &raw const *boxed };
    let other = View { at: &raw const *argument };
    let mut x = 3;
    let p = &raw mut x;
    let q = ptr::from_ref(&x);
    let n = unsafe { read(&raw const x) };
    yield_!(n);
    unsafe { *p += 1 };
    yield_!(unsafe { *q });
    let sum = {
        let near = View { at: &raw const x };
        unsafe { *near.at + 1 }
    };
    yield_!(sum);
    let mut last = ptr::null();
    for n in 0..2 {
        let next = n + 1;
        let at;
        {
            at = &raw const next;
        }
        last = if unsafe { *at } > 0 { &raw const *boxed } else { last };
    }
    yield_!(unsafe { *view.at + *other.at });
    yield_!(unsafe { *last });
}

fn main() {
    assert!(pointers(&2).eq([3, 4, 5, 3, 1]));
}
