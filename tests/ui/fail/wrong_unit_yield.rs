//! `yield_!()` yields `()`.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    yield_!();
}

fn main() {}
