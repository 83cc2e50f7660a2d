//! What is moved on one path is dropped on the other.

use unawait::prelude::*;

#[coro]
fn words(early: bool) -> impl Iterator<Item = usize> {
    let word = String::from("one");
    let length = word.len();
    if early {
        yield_!(word.into_bytes().len());
    } else {
        drop(word);
    }
    yield_!(length);
}

fn main() {
    assert!(words(true).eq([3, 3]));
    assert!(words(false).eq([3]));
}
