//! A closure is a function of its own.

use unawait::prelude::*;

#[coro]
fn doubled(numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    numbers.into_iter().for_each(|n| yield_!(2 * n));
}

fn main() {}
