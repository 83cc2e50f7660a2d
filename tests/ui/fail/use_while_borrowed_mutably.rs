//! A local is changed while a borrow of it lives on.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = usize> {
    let mut list = vec![1, 2];
    let first = &list[0];
    list.push(3);
    yield_!(*first);
    yield_!(list.len());
}

fn main() {}
