//! A future gives one value.

use unawait::prelude::*;

#[coro]
async fn numbers() {
    yield_from!(0..3);
}

fn main() {}
