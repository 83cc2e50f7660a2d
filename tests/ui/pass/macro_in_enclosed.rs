//! The owner is an argument by reference.

use unawait::prelude::*;

use std::cell::RefCell;
use std::future::ready;

macro_rules! stop_if {
    ($condition:expr) => {
        if $condition {
            return;
        }
    };
}

#[coro]
async fn sum(list: &RefCell<Vec<u32>>, slot: &mut u32) {
    for x in list.borrow().iter() {
        stop_if!(*x > 1);
        ready(()).await;
        *slot += *x;
    }
}

#[coro]
fn numbers() -> impl Stream<Item = u32> {
    let (list, mut first) = (RefCell::new(vec![1, 2]), 0);
    sum(&list, &mut first).await;
    yield_!(first);
}

fn main() {
    drop(numbers());
}
