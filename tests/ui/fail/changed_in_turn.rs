//! What changes a list's elements through an adapter cannot be taken again, and collecting values would change nothing.

use unawait::prelude::*;

#[coro]
fn doubled() -> impl Iterator<Item = u32> {
    let mut list = vec![1, 2];
    for n in list.iter_mut().skip_while(|n| **n < 2) {
        *n *= 2;
        yield_!(*n);
    }
}

fn main() {}
