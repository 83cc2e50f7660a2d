//! `yield_from!` needs a `#[coro]` function around it.

use unawait::prelude::*;

fn plain() {
    yield_from!(0..3);
}

fn main() {}
