//! The iterator of a `for` loop is carried.

use unawait::prelude::*;

#[coro]
fn long_words(text: &str) -> impl Iterator<Item = &str> {
    for word in text.split_whitespace() {
        if word.len() > 3 {
            yield_!(word);
        }
    }
}
