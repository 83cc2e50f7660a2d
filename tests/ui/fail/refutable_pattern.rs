//! A pattern that may not match needs an `else`.

use unawait::prelude::*;

#[coro]
fn numbers(n: Option<u32>) -> impl Iterator<Item = u32> {
    yield_!(0);
    let Some(n) = n;
    yield_!(n);
}

fn main() {}
