//! The return type says what is yielded.

use unawait::prelude::*;

#[coro]
fn numbers() {
    yield_!(1);
}

fn main() {}
