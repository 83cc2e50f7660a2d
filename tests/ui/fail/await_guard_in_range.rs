//! A temporary of a loop's range lives as long as the loop.

use unawait::prelude::*;

use std::cell::RefCell;
use std::future::ready;

#[coro]
async fn sum() -> usize {
    let list = RefCell::new(vec![1, 2]);
    let mut sum = 0;
    for n in 0..list.borrow().len() {
        sum += ready(n).await;
    }
    sum
}

fn main() {}
