//! Two arguments of one name.

use unawait::prelude::*;

#[coro]
fn sums(a: u32, (b, a): (u32, u32)) -> impl Iterator<Item = u32> {
    yield_!(a + b);
}

fn main() {
    sums(1, (2, 3));
}
