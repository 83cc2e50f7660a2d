//! The same with the iterator in the head of the loop.

use unawait::prelude::*;

#[coro]
fn words() -> impl Iterator<Item = usize> {
    let text = String::from("one two");
    for word in text.split(' ') {
        yield_!(word.len());
    }
    yield_!(text.len());
}

fn main() {}
