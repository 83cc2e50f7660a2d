//! What is needed of the guard has a variable, or the owner is an argument by reference.

use std::cell::RefCell;
use std::future::ready;
use unawait::prelude::*;

#[coro]
async fn pop() -> u32 {
    let list = RefCell::new(vec![1, 2]);
    let next = list.borrow_mut().pop();
    match next {
        Some(n) => ready(n).await,
        None => 0,
    }
}

#[coro]
async fn by_reference(list: &RefCell<Vec<u32>>) -> u32 {
    match list.borrow_mut().pop() {
        Some(n) => ready(n).await,
        None => 0,
    }
}

fn main() {
    assert_eq!(pollster::block_on(pop()), 2);
    assert_eq!(pollster::block_on(by_reference(&RefCell::new(vec![1]))), 1);
}
