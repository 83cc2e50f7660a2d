//! A name that does not exist.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    let one = 1;
    yield_!(one);
    yield_!(on);
    println!("{on}");
}

fn main() {}
