//! What the macro does, where it was called.

use unawait::prelude::*;

use std::cell::RefCell;
use std::future::ready;

#[coro]
fn numbers() -> impl Stream<Item = u32> {
    let list = RefCell::new(vec![1, 2]);
    for x in list.borrow().iter() {
        if *x > 1 {
            return;
        }
        ready(()).await;
    }
    yield_!(3);
}

fn main() {
    drop(numbers());
}
