//! A range and an array are no streams.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Stream<Item = u32> {
    yield_from!(0..3);
    yield_from!([4, 5]);
    std::future::ready(()).await;
}

fn main() {}
