//! `yield_!` needs a `#[coro]` function around it.

use unawait::prelude::*;

fn plain() -> u8 {
    yield_!(1);
    2
}

fn main() {}
