//! A part of a local is lent to the caller.

use unawait::prelude::*;

#[coro]
fn chunks<'a>(n: usize) -> impl Iterator<Item = &'a [u8]> {
    let buffer = vec![0; n];
    for i in 0..n {
        yield_!(&buffer[i..]);
    }
}

fn main() {}
