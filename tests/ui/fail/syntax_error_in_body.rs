//! A body that does not parse.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    let = 1;
    yield_!(2);
}

fn main() {}
