//! A local is changed after a suspension while a borrow of it from before lives on.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = usize> {
    let mut list = vec![1, 2];
    let first = &list[0];
    yield_!(list.len());
    list.push(3);
    yield_!(*first);
}

fn main() {}
