//! A machine is called with an argument of another type.

use unawait::prelude::*;

#[coro]
fn numbers(n: u32) -> impl Iterator<Item = u32> {
    yield_!(n);
}

fn main() {
    numbers("one");
}
