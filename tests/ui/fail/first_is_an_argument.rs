//! The name of the first input is that of an argument.

use unawait::prelude::*;

#[coro(first = n)]
fn numbers(n: u32) -> impl Coroutine<u32, Yield = u32, Return = ()> {
    yield_!(n);
}

fn main() {}
