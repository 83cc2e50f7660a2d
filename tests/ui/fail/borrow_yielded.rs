//! What is yielded outlives the local that it borrows.

use unawait::prelude::*;

#[coro]
fn words<'a>() -> impl Iterator<Item = &'a str> {
    let text = String::from("one two");
    yield_!(&text);
}

fn main() {}
