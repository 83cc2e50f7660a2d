//! What is needed of the guard has a variable, or the owner is an argument by reference.

use std::cell::RefCell;
use std::future::ready;
use unawait::prelude::*;

#[coro]
async fn sum() -> usize {
    let list = RefCell::new(vec![1, 2]);
    let length = list.borrow().len();
    let sum = 2 * (length + ready(1).await);
    sum + ready(1).await
}

#[coro]
async fn by_reference(list: &RefCell<Vec<u32>>) -> usize {
    let sum = 2 * (list.borrow().len() + ready(1).await);
    sum + ready(1).await
}

fn main() {
    assert_eq!(pollster::block_on(sum()), 7);
    assert_eq!(pollster::block_on(by_reference(&RefCell::new(vec![1, 2, 3]))), 9);
}
