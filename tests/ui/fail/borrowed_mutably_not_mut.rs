//! A variable that is not `mut` is changed.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = usize> {
    let list = Vec::new();
    yield_!(0);
    list.push(1_u8);
    yield_!(list.len());
}

fn main() {}
