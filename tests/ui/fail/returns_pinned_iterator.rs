//! Suspended generators can be moved.

use unawait::prelude::*;

use std::pin::Pin;

#[coro]
fn numbers() -> Pin<Box<dyn Iterator<Item = u32>>> {
    yield_!(1);
}

fn main() {}
