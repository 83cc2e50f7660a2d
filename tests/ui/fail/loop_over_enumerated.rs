//! An adapter of an iterator over a local.

use unawait::prelude::*;

#[coro]
fn numbered(words: Vec<String>) -> impl Iterator<Item = (usize, String)> {
    for (i, word) in words.iter().enumerate() {
        yield_!((i, word.clone()));
    }
    yield_!((words.len(), String::new()));
}

fn main() {}
