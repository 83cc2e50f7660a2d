//! A coroutine delegates to coroutines.

use unawait::prelude::*;

#[coro]
fn outer() -> impl Coroutine<u32, Yield = u32, Return = ()> {
    yield_from!(0..3);
}

fn main() {}
