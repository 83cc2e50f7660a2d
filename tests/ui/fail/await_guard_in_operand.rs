//! A temporary of an operand lives to the end of the statement.

use unawait::prelude::*;

use std::cell::RefCell;
use std::future::ready;

struct Sum {
    of: usize,
}

#[coro]
async fn sum() -> usize {
    let list = RefCell::new(vec![1, 2]);
    let sum = Sum { of: list.borrow().len() + ready(1).await };
    sum.of + ready(1).await
}

fn main() {}
