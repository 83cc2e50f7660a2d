//! A moved variable is used after a suspension.

use unawait::prelude::*;

#[coro]
fn words() -> impl Iterator<Item = String> {
    let word = String::from("one");
    yield_!(word);
    yield_!(word);
}

fn main() {}
