//! An iterator has no input: the value of `yield_!` is `()`.

use unawait::prelude::*;

#[coro]
fn sum() -> impl Iterator<Item = u32> {
    let n: u32 = yield_!(1);
    yield_!(n);
}

fn main() {}
