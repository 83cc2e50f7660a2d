//! A function is an iterator or a coroutine.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> + Coroutine<(), Yield = u32, Return = ()> {
    yield_!(1);
}

fn main() {}
