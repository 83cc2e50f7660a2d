//! A method that does not exist, on a variable kept across a suspension.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = usize> {
    let word = String::from("one");
    yield_!(0);
    yield_!(word.length());
}

fn main() {}
