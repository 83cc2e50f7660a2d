//! `IntoIterator` does not say how the items come.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl IntoIterator<Item = u32> {
    yield_!(1);
}

fn main() {}
