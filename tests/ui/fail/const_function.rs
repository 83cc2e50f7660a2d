//! Building a machine is not `const`.

use unawait::prelude::*;

#[coro]
const fn numbers() -> impl Iterator<Item = u32> {
    yield_!(1);
}

fn main() {}
