use std::fmt::Display;

use unawait::prelude::*;

#[coro]
fn texts<T: Display + 'static>(value: T) -> impl Iterator<Item = String> {
    let value: Box<dyn Display> = Box::new(value);
    yield_!(value.to_string());
    yield_!(value.to_string());
}

#[coro]
fn borrowed<'a, T: Display + 'a>(value: T, times: &'a usize) -> impl Iterator<Item = String> {
    let value: Box<dyn Display> = Box::new(value);
    for _ in 0..*times {
        yield_!(value.to_string());
    }
}

fn main() {
    assert!(texts(1).eq(["1", "1"]));
    assert!(borrowed(&String::from("a"), &1).eq(["a"]));
}
