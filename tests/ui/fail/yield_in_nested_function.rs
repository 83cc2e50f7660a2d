//! A nested function is a function of its own.

use unawait::prelude::*;

#[coro]
fn outer() -> impl Iterator<Item = u32> {
    fn inner() {
        yield_!(1);
    }
    inner();
    yield_!(2);
}

fn main() {}
