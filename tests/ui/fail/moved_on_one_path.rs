//! A variable is moved on one path and used after the paths have joined.

use unawait::prelude::*;

#[coro]
fn words(early: bool) -> impl Iterator<Item = usize> {
    let word = String::from("one");
    if early {
        drop(word);
    }
    yield_!(0);
    yield_!(word.len());
}

fn main() {}
