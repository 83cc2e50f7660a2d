//! A `const` block is evaluated at compile time.

use unawait::prelude::*;

#[coro]
fn constants() -> impl Iterator<Item = u32> {
    yield_!(const {
        yield_!(1);
        2
    });
}

fn main() {}
