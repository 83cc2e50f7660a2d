//! What is needed of the guard has a variable, or the owner is an argument by reference.

use std::cell::RefCell;
use std::future::ready;
use unawait::prelude::*;

#[coro]
async fn sum() -> usize {
    let list = RefCell::new(vec![1, 2]);
    let length = list.borrow().len();
    let mut sum = 0;
    for n in 0..length {
        sum += ready(n).await;
    }
    sum
}

#[coro]
async fn by_reference(list: &RefCell<Vec<u32>>) -> usize {
    let mut sum = 0;
    for n in 0..list.borrow().len() {
        sum += ready(n).await;
    }
    sum
}

fn main() {
    assert_eq!(pollster::block_on(sum()), 1);
    assert_eq!(pollster::block_on(by_reference(&RefCell::new(vec![1, 2, 3]))), 3);
}
