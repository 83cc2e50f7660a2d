//! An index, or the collection as an argument by reference.

use unawait::prelude::*;

#[coro]
fn by_index(words: Vec<String>) -> impl Iterator<Item = (usize, String)> {
    for i in 0..words.len() {
        yield_!((i, words[i].clone()));
    }
}

#[coro]
fn by_reference(words: &[String]) -> impl Iterator<Item = (usize, &String)> {
    for (i, word) in words.iter().enumerate() {
        yield_!((i, word));
    }
}

fn main() {
    let words = vec!["one".to_owned()];
    assert_eq!(by_reference(&words).count(), 1);
    assert!(by_index(words).eq([(0, "one".to_owned())]));
}
