//! A copy made unawares would go its own way.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> + Copy {
    yield_!(1);
}

fn main() {}
