//! A list cannot be changed while a loop over a borrow of it goes on, as in any function.

use unawait::prelude::*;

#[coro]
fn grown() -> impl Iterator<Item = u32> {
    let mut list = vec![1];
    for n in list.iter() {
        yield_!(*n);
        list.push(1);
    }
    yield_!(2);
}

#[coro]
fn shrunk(mut list: Vec<u32>) -> impl Iterator<Item = u32> {
    for n in &list {
        yield_!(*n);
        if *n == 1 {
            list.clear();
        }
    }
}

fn main() {}
