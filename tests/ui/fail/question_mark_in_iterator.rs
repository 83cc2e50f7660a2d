//! An iterator completes with `()`: `?` has nowhere to go.

use unawait::prelude::*;

#[coro]
fn numbers(text: &str) -> impl Iterator<Item = u32> {
    for word in text.split(' ') {
        yield_!(word.parse()?);
    }
}

fn main() {}
