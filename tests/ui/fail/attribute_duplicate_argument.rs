//! An argument given twice.

use unawait::prelude::*;

#[coro(first = a, first = b)]
fn echo() -> impl Coroutine<u32, Yield = u32, Return = ()> {
    yield_!(a + b);
}

fn main() {}
