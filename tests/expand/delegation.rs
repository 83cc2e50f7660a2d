//! Another iterator, another coroutine.

use unawait::prelude::*;

#[coro]
fn padded(words: Vec<String>) -> impl Iterator<Item = String> {
    yield_!("<".to_owned());
    yield_from!(words);
    yield_!(">".to_owned());
}

#[coro]
fn number() -> impl Coroutine<char, Yield = (), Return = u32> {
    let mut n = 0;
    while let Some(digit) = yield_!().to_digit(10) {
        n = 10 * n + digit;
    }
    n
}

#[coro]
fn sum() -> impl Coroutine<char, Yield = (), Return = u32> {
    let left = yield_from!(number());
    left + yield_from!(number())
}
