//! Expansions need no name that the user did not bring: no prelude, no std.

#![no_implicit_prelude]

use ::unawait::{Coroutine, coro};

struct Guard;

impl ::core::ops::Drop for Guard {
    fn drop(&mut self) {}
}

impl Guard {
    fn size(&self) -> u8 {
        1
    }
}

#[coro]
fn iterator(limit: u8) -> impl ::core::iter::Iterator<Item = u8> {
    let guard = Guard;
    let mut n = guard.size();
    for i in 0..limit {
        n += i;
        yield_!(n);
    }
    let numbers = [1, 2, 3];
    for n in &numbers {
        yield_!(*n);
    }
    let last = numbers[2];
    yield_!(last);
}

#[coro]
fn coroutine() -> impl Coroutine<u8, Yield = u8, Return = ::core::result::Result<u8, u8>> {
    let guard = Guard;
    let n = yield_!(guard.size());
    let m = self::checked(n)?;
    yield_from!(inner(m));
    ::core::result::Result::Ok(m + yield_!(m))
}

#[coro]
fn inner(n: u8) -> impl Coroutine<u8, Yield = u8, Return = ()> {
    let got = yield_!(n);
    yield_!(got);
}

#[coro]
fn option() -> impl Coroutine<(), Yield = u8, Return = ::core::option::Option<u8>> {
    let n = ::core::option::Option::Some(4)?;
    yield_!(n);
    if n > 3 {
        return ::core::option::Option::None;
    }
    ::core::option::Option::Some(n)
}

#[coro]
fn boxed() -> ::std::boxed::Box<dyn ::core::iter::Iterator<Item = u8>> {
    yield_!(1);
}

fn checked(n: u8) -> ::core::result::Result<u8, u8> {
    if n > 100 {
        ::core::result::Result::Err(n)
    } else {
        ::core::result::Result::Ok(n)
    }
}

#[::core::prelude::v1::test]
fn without_a_prelude() {
    use ::core::iter::Iterator;
    use ::std::assert_eq;
    use ::unawait::CoroutineState::{Complete, Yielded};
    assert_eq!(iterator(3).chain(boxed()).sum::<u8>(), 1 + 2 + 4 + 6 + 3 + 1);
    let mut machine = coroutine();
    assert_eq!(machine.start(), Yielded(1));
    assert_eq!(machine.resume(5), Yielded(5));
    assert_eq!(machine.resume(6), Yielded(6));
    assert_eq!(machine.resume(7), Yielded(5));
    assert_eq!(machine.resume(8), Complete(::core::result::Result::Ok(13)));
    assert_eq!(option().resume(()), Yielded(4));
}
