//! A variable whose type nothing decides.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = usize> {
    let list = Vec::new();
    yield_!(1);
    yield_!(list.len());
}

fn main() {}
