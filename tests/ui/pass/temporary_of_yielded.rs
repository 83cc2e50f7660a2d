//! A variable, so that the guard ends before the suspension.

use unawait::prelude::*;

use std::cell::RefCell;

#[coro]
fn lengths() -> impl Iterator<Item = usize> {
    let cell = RefCell::new(vec![1, 2]);
    let length = cell.borrow().len();
    yield_!(length);
    cell.borrow_mut().clear();
}

fn main() {
    assert!(lengths().eq([2]));
}
