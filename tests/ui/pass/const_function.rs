//! The function is not `const`.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    yield_!(1);
}

fn main() {
    assert!(numbers().eq([1]));
}
