//! After an error the function can still be called, and the rest of the module is checked.

use unawait::prelude::*;

#[coro]
fn numbers(list: Vec<u32>) -> impl Iterator<Item = u32> {
    list.into_iter().for_each(|n| yield_!(n));
}

#[coro]
fn echo() -> impl Coroutine<u32, Yield = String, Return = u64> {
    yield_from!();
}

#[coro]
fn boxed<'a>(text: &'a str) -> Box<dyn Iterator<Item = &'a str> + 'a> {
    yield_!(text, text);
}

#[coro]
fn list(n: u32) -> Vec<u32> {
    yield_!(n);
}

fn main() {
    let sum: u32 = numbers(vec![1]).map(|n| n + 1).sum();
    let mut echo = echo();
    if let CoroutineState::Yielded(text) = echo.resume(sum) {
        println!("{}", text.len());
    }
    for word in boxed("one") {
        println!("{}", word.len());
    }
    for n in list(1) {
        println!("{n}");
    }
    let found: () = sum;
}
