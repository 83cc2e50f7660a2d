//! A single value is no generator.

use unawait::prelude::*;

#[coro]
fn number() -> u32 {
    yield_!(1);
}

fn main() {}
