//! A run that is called stands on a stack beside its caller, which moves.

use unawait::prelude::*;

#[coro(recursive)]
fn walk(text: &str) -> impl Iterator<Item = usize> {
    yield_!(text.len());
    if let Some(rest) = text.get(1..) {
        let upper = rest.to_uppercase();
        yield_from!(walk(&upper));
    }
}

#[coro(recursive)]
fn lines(text: &str) -> impl Iterator<Item = usize> {
    let lower = String::from(text);
    yield_!(lower.len());
    yield_from!(lines(&lower));
}

#[coro(recursive)]
fn pushes(list: &mut Vec<u32>, n: u32) -> impl Iterator<Item = u32> {
    list.push(n);
    if n > 0 {
        yield_from!(pushes(list, n - 1));
    }
    yield_!(list.len() as u32);
}

fn main() {}
