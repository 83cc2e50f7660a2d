//! A temporary of one branch that the end of the block would drop.

use unawait::prelude::*;

#[coro]
fn lengths(long: bool) -> impl Iterator<Item = usize> {
    let text = if long {
        &String::from("a long text")
    } else {
        &String::new()
    };
    yield_!(text.len());
    yield_!(text.capacity());
}

fn main() {}
