//! What a pointer points to does not move with the variable, or is pointed to again.

use std::ptr::NonNull;
use unawait::prelude::*;

fn make() -> Vec<u32> {
    vec![1, 2]
}

#[coro]
fn numbers(taken: Box<[u32]>, lent: &[u32]) -> impl Iterator<Item = u32> {
    let list = vec![1, 2];
    let made: Vec<u32> = make();
    let array = [5, 6];
    let mut number = Box::new(7);
    let node = NonNull::from(&mut *number);
    let pointers = (list.as_ptr(), made.as_ptr(), taken.as_ptr(), lent.as_ptr(), node.as_ptr());
    let p = &raw const array[0];
    yield_!(0);
    // SAFETY: the vectors and the boxes keep what they have where it is, and `p` is taken again.
    yield_!(unsafe { *pointers.0 + *pointers.1 + *pointers.2 + *pointers.3 + *pointers.4 + *p });
}

fn main() {
    assert!(numbers(Box::new([3]), &[4]).eq([0, 21]));
}
