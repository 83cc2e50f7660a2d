//! A pattern of another type in a `match` that suspends.

use unawait::prelude::*;

#[coro]
fn numbers(n: Option<u32>) -> impl Iterator<Item = u32> {
    match n {
        Ok(n) => yield_!(n),
        None => yield_!(0),
    }
}

fn main() {}
