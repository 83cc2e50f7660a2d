//! A local that is moved on one path and dropped on the other.

use unawait::prelude::*;

#[coro]
fn lines(head: String, keep: bool) -> impl Iterator<Item = String> {
    let foot = String::from("--");
    if keep {
        yield_!(head);
    } else {
        yield_!(String::new());
    }
    yield_!(foot);
}
