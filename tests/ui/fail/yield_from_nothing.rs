//! `yield_from!` needs something to delegate to.

use unawait::prelude::*;

#[coro]
fn nothing() -> impl Iterator<Item = u32> {
    yield_from!();
}

fn main() {}
