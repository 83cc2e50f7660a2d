//! rustc reports a yielded value of another type at the value.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    yield_!(1);
    yield_!("two");
    let three = 3_u64;
    yield_!(three);
}

fn main() {}
