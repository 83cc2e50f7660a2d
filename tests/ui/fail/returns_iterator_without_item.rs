//! The machine takes its types from the signature.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator {
    yield_!(1);
}

fn main() {}
