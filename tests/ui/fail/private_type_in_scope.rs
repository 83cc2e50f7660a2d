//! An item of the body is not visible outside.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = Wrapper> {
    struct Wrapper(u32);
    yield_!(Wrapper(1));
}

fn main() {}
