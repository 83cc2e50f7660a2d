//! A temporary of a scrutinee lives as long as the `match`.

use unawait::prelude::*;

use std::cell::RefCell;
use std::future::ready;

#[coro]
async fn pop() -> u32 {
    let list = RefCell::new(vec![1, 2]);
    match list.borrow_mut().pop() {
        Some(n) => ready(n).await,
        None => 0,
    }
}

fn main() {}
