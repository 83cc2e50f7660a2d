//! The guard of what is yielded lives across the suspension, and borrows a local.

use unawait::prelude::*;

use std::cell::RefCell;

#[coro]
fn lengths() -> impl Iterator<Item = usize> {
    let cell = RefCell::new(vec![1, 2]);
    yield_!(cell.borrow().len());
    cell.borrow_mut().clear();
}

fn main() {}
