//! The machine comes back before any of the body has run.

use unawait::prelude::*;

#[coro]
fn numbers() -> Result<impl Iterator<Item = u32>, String> {
    yield_!(1);
}

fn main() {}
