//! Only what can be iterated can be delegated to.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    yield_from!(5);
}

fn main() {}
