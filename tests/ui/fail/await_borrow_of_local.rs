//! A borrow of a local cannot be carried beside it.

use unawait::prelude::*;

use std::future::ready;

#[coro]
async fn parts() -> usize {
    let text = String::from("a b");
    let mut n = 0;
    for part in text.split(' ') {
        n += ready(part.len()).await;
    }
    n
}

fn main() {}
