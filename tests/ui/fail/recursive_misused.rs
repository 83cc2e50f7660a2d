//! `recursive` where nothing is, or where there is no stack for it.

use unawait::prelude::*;

#[coro(recursive)]
fn numbers(n: u32) -> impl Iterator<Item = u32> {
    yield_from!(0..n);
}

#[coro(recursive)]
fn sum(n: u32) -> impl Coroutine<u32, Yield = u32, Return = u32> {
    match n {
        0 => yield_!(0),
        n => yield_from!(sum(n - 1)),
    }
}

#[coro(recursive)]
async fn down(n: u32) {
    if n > 0 {
        Box::pin(down(n - 1)).await;
    }
}

#[coro(recursive = true)]
fn with_value(n: u32) -> impl Iterator<Item = u32> {
    yield_from!(with_value(n - 1));
}

/// What it is given has to be what it takes.
#[coro(recursive)]
fn walk(text: &str, depth: u32) -> impl Iterator<Item = u32> {
    yield_!(depth);
    yield_from!(walk(text.len(), depth));
    yield_from!(walk(text, "deeper"));
}

/// A loop over itself is no call of itself.
#[coro(recursive)]
fn twice(n: u32) -> impl Iterator<Item = u32> {
    yield_from!(twice(n - 1));
    for m in twice(n - 1) {
        yield_!(m);
    }
}

fn main() {}
