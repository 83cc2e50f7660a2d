//! The usual error of a borrow that the signature does not mention.

use unawait::prelude::*;

#[coro]
fn words(text: &str) -> Box<dyn Iterator<Item = String>> {
    for word in text.split(' ') {
        yield_!(word.to_owned());
    }
}

fn main() {}
