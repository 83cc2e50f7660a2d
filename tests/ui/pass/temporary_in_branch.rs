//! The values have variables, and the borrow is of them.

use unawait::prelude::*;

#[coro]
fn lengths(long: bool) -> impl Iterator<Item = usize> {
    let value = if long {
        String::from("a long text")
    } else {
        String::new()
    };
    let text = &value;
    yield_!(text.len());
    yield_!(text.len());
}

fn main() {
    assert!(lengths(true).eq([11, 11]));
}
