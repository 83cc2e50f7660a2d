//! A `match` that suspends must cover all values.

use unawait::prelude::*;

#[coro]
fn numbers(n: Option<u32>) -> impl Iterator<Item = u32> {
    match n {
        Some(n) if n > 0 => yield_!(n),
        None => yield_!(0),
    }
    yield_!(1);
}

fn main() {}
