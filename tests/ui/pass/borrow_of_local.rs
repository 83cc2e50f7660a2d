//! The owner as an argument by reference, or owned parts.

use unawait::prelude::*;

#[coro]
fn by_reference(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(' ');
    for word in words {
        yield_!(word.to_owned());
    }
}

#[coro]
fn owned() -> impl Iterator<Item = String> {
    let text = String::from("one two");
    let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    for word in words {
        yield_!(word);
    }
    yield_!(text);
}

fn main() {
    assert_eq!(by_reference("one two").count(), 2);
    assert!(owned().eq(["one", "two", "one two"]));
}
