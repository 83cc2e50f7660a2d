//! An iterator over a borrow of a local cannot be kept beside the local.

use unawait::prelude::*;

#[coro]
fn words() -> impl Iterator<Item = String> {
    let text = String::from("one two");
    let words = text.split(' ');
    for word in words {
        yield_!(word.to_owned());
    }
}

fn main() {}
