//! A temporary of an operand lives to the end of the statement.

use unawait::prelude::*;

use std::cell::RefCell;
use std::future::ready;

#[coro]
async fn sum() -> usize {
    let list = RefCell::new(vec![1, 2]);
    let sum = 2 * (list.borrow().len() + ready(1).await);
    sum + ready(1).await
}

fn main() {}
