//! A typo in an argument.

use unawait::prelude::*;

#[coro(frist = input)]
fn echo() -> impl Coroutine<u32, Yield = u32, Return = ()> {
    yield_!(1);
}

fn main() {}
