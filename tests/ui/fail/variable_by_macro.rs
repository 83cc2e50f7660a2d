//! Which variables a macro of the user's declares, nobody knows before it is expanded.

use unawait::prelude::*;

macro_rules! parsed {
    ($name:ident, $text:expr) => {
        let $name = $text.trim();
    };
}

#[coro]
fn lengths(text: &str) -> impl Iterator<Item = usize> {
    parsed!(word, text);
    yield_!(word.len());
    yield_!(word.len() + 1);
}

fn main() {}
