//! A macro that may hide a `return` cannot stand in a part of a stream that is enclosed.

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
fn numbers() -> impl Stream<Item = u32> {
    let list = RefCell::new(vec![1, 2]);
    for x in list.borrow().iter() {
        stop_if!(*x > 1);
        ready(()).await;
    }
    yield_!(3);
}

#[coro]
fn awaiting() -> impl Stream<Item = u32> {
    stop_if!(ready(true).await);
    yield_!(3);
}

fn main() {}
