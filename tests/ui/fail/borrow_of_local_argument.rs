//! An argument by value is a local.

use unawait::prelude::*;

#[coro]
fn lengths(text: String) -> impl Iterator<Item = usize> {
    for word in text.split(' ') {
        yield_!(word.len());
    }
}

fn main() {}
