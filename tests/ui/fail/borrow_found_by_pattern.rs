//! What a pattern finds in what a method of std's lends is borrowed as well.

use unawait::prelude::*;

#[coro]
fn by_if_let() -> impl Iterator<Item = u32> {
    let mut stack = vec![1, 2];
    if let Some(top) = stack.last_mut() {
        yield_!(1);
        *top += 1;
    }
    yield_!(stack[1]);
}

#[coro]
fn by_let_else(text: String) -> impl Iterator<Item = usize> {
    let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let Some(word) = words.first() else { return };
    yield_!(1);
    yield_!(word.len());
}

#[coro]
fn by_match() -> impl Iterator<Item = u32> {
    let list = vec![String::new()];
    match list.get(0) {
        Some(text) => {
            yield_!(1);
            yield_!(text.len() as u32);
        }
        None => yield_!(2),
    }
}

#[coro]
fn drained() -> impl Iterator<Item = u32> {
    let mut list = vec![1, 2];
    for n in list.drain(..).rev() {
        yield_!(n);
    }
}

fn main() {}
