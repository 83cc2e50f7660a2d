//! A variable that is not `mut` is assigned twice.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    let n = 1;
    yield_!(n);
    n = 2;
    yield_!(n);
}

fn main() {}
