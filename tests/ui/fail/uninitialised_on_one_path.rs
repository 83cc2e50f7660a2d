//! A variable is initialised on one path only.

use unawait::prelude::*;

#[coro]
fn numbers(yes: bool) -> impl Iterator<Item = u32> {
    let n;
    if yes {
        n = 1;
    }
    yield_!(0);
    yield_!(n);
}

fn main() {}
