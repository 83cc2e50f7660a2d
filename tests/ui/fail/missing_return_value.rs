//! A coroutine that returns something must not fall off its end.

use unawait::prelude::*;

#[coro]
fn count() -> impl Coroutine<(), Yield = u32, Return = String> {
    yield_!(1);
}

fn main() {}
