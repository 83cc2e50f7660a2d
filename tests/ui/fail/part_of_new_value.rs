//! A part is taken of a value that has no name.

use unawait::prelude::*;

fn pair() -> (String, String) {
    (String::from("one"), String::from("two"))
}

fn add(text: String, n: u32) -> usize {
    text.len() + n as usize
}

#[coro]
fn sum() -> impl Coroutine<u32, Yield = u32, Return = usize> {
    add(pair().0, yield_!(1))
}

fn main() {}
