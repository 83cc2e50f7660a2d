//! The box says that it borrows, as rustc suggests.

use unawait::prelude::*;

#[coro]
fn words(text: &str) -> Box<dyn Iterator<Item = String> + '_> {
    for word in text.split(' ') {
        yield_!(word.to_owned());
    }
}

#[coro]
fn bounded<'a>(text: &'a str) -> impl Iterator<Item = String> + 'a {
    for word in text.split(' ') {
        yield_!(word.to_owned());
    }
}

#[coro]
fn of_two<'a, 'b>(text: &'a str, other: &'b str) -> impl Iterator<Item = &'a str> {
    for word in text.split(' ') {
        if word != other {
            yield_!(word);
        }
    }
}

#[coro]
fn generic<T: ToString + 'static>(value: T) -> Box<dyn Iterator<Item = String>> {
    loop {
        yield_!(value.to_string());
    }
}

fn main() {
    let text = String::from("one two");
    assert!(words(&text).eq(bounded(&text)));
    assert_eq!(of_two(&text, "one").count(), 1);
    assert_eq!(generic(1).next(), Some("1".to_owned()));
}
