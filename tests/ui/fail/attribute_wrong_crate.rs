//! A `crate` that is not there.

use unawait::prelude::*;

#[coro(crate = missing::unawait)]
fn one() -> impl Iterator<Item = u32> {
    yield_!(1);
}

fn main() {}
