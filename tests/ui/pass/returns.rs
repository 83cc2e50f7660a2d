//! The return types that the errors about others suggest.

use unawait::prelude::*;

use std::iter::FusedIterator;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    yield_!(1);
}

#[coro]
fn ages() -> impl Iterator<Item = (String, u32)> {
    yield_!(("Ada".to_owned(), 36));
}

#[coro]
fn boxed() -> Box<dyn Iterator<Item = u32>> {
    yield_!(1);
}

#[coro]
fn fused() -> impl Iterator<Item = u32> + FusedIterator {
    yield_!(1);
}

#[coro]
fn echo() -> impl Coroutine<u32, Yield = u32, Return = ()> {
    yield_!(1);
}

#[coro]
fn boxed_echo() -> Box<dyn Coroutine<u32, Yield = u32, Return = ()>> {
    yield_!(1);
}

#[coro]
fn pairs() -> impl Coroutine<(u32, String), Yield = u32, Return = ()> {
    let (n, _text) = yield_!(1);
    yield_!(n);
}

#[coro]
fn lengths<'a>() -> impl Coroutine<&'a str, Yield = usize, Return = ()> {
    let mut length = 0;
    loop {
        length = yield_!(length).len();
    }
}

fn into(numbers: impl IntoIterator<Item = u32>) -> u32 {
    numbers.into_iter().sum()
}

fn checked(n: u32) -> Result<impl Iterator<Item = u32>, String> {
    if n == 0 {
        return Err("nothing to count".to_owned());
    }
    Ok(numbers())
}

fn main() {
    assert_eq!(
        into(numbers()) + into(boxed()) + into(fused()) + into(checked(1).unwrap()),
        4
    );
    assert_eq!(ages().count(), 1);
    assert_eq!(echo().start(), boxed_echo().start());
    assert_eq!(pairs().start(), CoroutineState::Yielded(1));
    assert_eq!(lengths().start(), CoroutineState::Yielded(0));
}
