//! A `const` block is evaluated at compile time.

use unawait::prelude::*;

#[coro]
fn constants() -> impl Iterator<Item = u32> {
    let two = const {
        yield_!(1);
        2
    };
    yield_!(two);
}

fn main() {}
