//! All inputs are of one type.

use unawait::prelude::*;

#[coro]
fn echo() -> impl Coroutine<u32, String, Yield = u32, Return = ()> {
    yield_!(1);
}

fn main() {}
