//! A trait that no machine implements is reported by rustc, at the bound.

use unawait::prelude::*;

trait Reset {}

#[coro]
fn numbers() -> impl Iterator<Item = u32> + Reset {
    yield_!(1);
}

fn main() {}
