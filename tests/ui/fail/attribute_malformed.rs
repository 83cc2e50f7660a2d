//! Arguments that are none.

use unawait::prelude::*;

#[coro(first)]
fn no_value() -> impl Coroutine<u32, Yield = u32, Return = ()> {
    yield_!(1);
}

#[coro(first = "name")]
fn quoted() -> impl Coroutine<u32, Yield = u32, Return = ()> {
    yield_!(1);
}

#[coro(crate = "unawait")]
fn quoted_crate() -> impl Coroutine<u32, Yield = u32, Return = ()> {
    yield_!(1);
}

#[coro("first")]
fn literal() -> impl Coroutine<u32, Yield = u32, Return = ()> {
    yield_!(1);
}

#[coro(first = a crate = b)]
fn no_comma() -> impl Coroutine<u32, Yield = u32, Return = ()> {
    yield_!(a);
}

fn main() {}
