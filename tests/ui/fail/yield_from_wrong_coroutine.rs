//! The inner coroutine takes other inputs.

use unawait::prelude::*;

#[coro]
fn inner() -> impl Coroutine<String, Yield = u32, Return = ()> {
    let word = yield_!(1);
    drop(word);
}

#[coro]
fn outer() -> impl Coroutine<u32, Yield = u32, Return = ()> {
    yield_from!(inner());
}

fn main() {}
