//! Independent errors are reported together.

use unawait::prelude::*;

#[coro(frist = input)]
async fn signature() -> impl Iterator + Copy {}

#[coro]
fn body() -> impl Iterator<Item = u32> {
    let numbers = std::iter::from_fn(|| yield_!(1));
    yield_!(1, 2);
    yield_from!();
    let future = async { yield_!(3) };
    yield_!(numbers.next()?);
}

fn main() {}
