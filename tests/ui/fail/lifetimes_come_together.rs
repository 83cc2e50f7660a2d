//! What is borrowed for two lifetimes comes together in one variable: its lifetime is neither of them, and a hidden type has to be of
//! those of the signature.

use unawait::prelude::*;

#[coro]
fn of_both(first: &[u32], second: &[u32]) -> impl Iterator<Item = u32> {
    for n in first.iter().chain(second) {
        yield_!(*n);
    }
}

#[coro]
fn longer(first: &str, second: &str) -> impl Iterator<Item = usize> {
    let mut text = first;
    if second.len() > text.len() {
        text = second;
    }
    yield_!(1);
    yield_!(text.len());
}

fn main() {}
