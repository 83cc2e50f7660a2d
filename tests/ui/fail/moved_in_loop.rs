//! A variable is moved in each round of a loop.

use unawait::prelude::*;

#[coro]
fn words(word: String) -> impl Iterator<Item = String> {
    for _ in 0..3 {
        yield_!(word);
    }
}

fn main() {}
