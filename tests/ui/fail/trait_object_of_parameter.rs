//! The type of a variable that is kept is part of the machine's type, and shows how long it lives.

use std::fmt::Display;

use unawait::prelude::*;

#[coro]
fn texts<T: Display>(value: T) -> impl Iterator<Item = String> {
    let value: Box<dyn Display> = Box::new(value);
    yield_!(value.to_string());
    yield_!(value.to_string());
}

fn main() {}
