//! A machine that borrows an argument is not `'static`.

use unawait::prelude::*;

#[coro]
fn words(text: &str) -> impl Iterator<Item = &str> + 'static {
    for word in text.split(' ') {
        yield_!(word);
    }
}

fn main() {}
