//! A moved variable is used after a suspension in between.

use unawait::prelude::*;

#[coro]
fn words() -> impl Iterator<Item = usize> {
    let word = String::from("one");
    drop(word);
    yield_!(0);
    yield_!(word.len());
}

fn main() {}
