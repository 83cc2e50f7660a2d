//! No name of the expansion comes from a prelude.

#![no_implicit_prelude]

use ::unawait::{Coroutine, coro};

#[coro]
fn numbers(limit: u8) -> impl ::core::iter::Iterator<Item = u8> {
    for n in 0..limit {
        yield_!(n);
    }
    let odd = [1, 3, 5];
    for n in &odd {
        yield_!(*n);
    }
    yield_!(odd[0]);
}

#[coro]
fn halves() -> impl Coroutine<u8, Yield = u8, Return = ::core::option::Option<u8>> {
    let n = yield_!(0);
    ::core::option::Option::Some(u8::checked_div(n, yield_!(n))?)
}
