//! A suspension does not leave the scope.

use unawait::prelude::*;

#[coro]
fn evens(list: Vec<Option<u32>>) -> impl Iterator<Item = u32> {
    for item in list {
        let Some(n) = item else {
            yield_!(0);
        };
        yield_!(n);
    }
}

fn main() {}
