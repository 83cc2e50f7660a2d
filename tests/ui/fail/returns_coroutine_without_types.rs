//! A coroutine says what it yields and what it returns.

use unawait::prelude::*;

#[coro]
fn echo() -> impl Coroutine<u32> {
    yield_!(1);
}

fn main() {}
