//! A variable whose type is not known, because of an error, and that is kept to the end of its scope.

use unawait::prelude::*;

#[coro]
fn pairs(list: Vec<u32>) -> impl Iterator<Item = u32> {
    let mut pairs = list.iter().windows(2);
    while let Some(pair) = pairs.next() {
        yield_!(*pair);
    }
}

fn main() {}
