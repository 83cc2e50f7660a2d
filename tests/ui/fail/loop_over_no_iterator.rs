//! Only what can be iterated can stand in a `for` loop.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    for n in 5 {
        yield_!(n);
    }
}

#[coro]
fn indices(list: &[u32]) -> impl Iterator<Item = u32> {
    for n in list.len() {
        yield_!(list[n]);
    }
}

fn main() {}
