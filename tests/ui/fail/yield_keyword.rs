//! The keyword is not stable; rustc says so before any macro runs.

use unawait::prelude::*;

#[coro]
fn one() -> impl Iterator<Item = u32> {
    yield 1;
}

fn main() {}
