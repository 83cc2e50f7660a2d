//! An item of another type.

use unawait::prelude::*;

use std::future::ready;

#[coro]
fn numbers() -> impl Stream<Item = u32> {
    ready(()).await;
    yield_!("one");
}

fn main() {}
