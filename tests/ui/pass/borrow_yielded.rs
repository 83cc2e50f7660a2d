//! A value instead of a reference, or the owner as an argument by reference.

use unawait::prelude::*;

#[coro]
fn owned(n: u8) -> impl Iterator<Item = Vec<u8>> {
    let buffer = vec![n; 2];
    yield_!(buffer[1..].to_owned());
    yield_!(buffer.clone());
}

#[coro]
fn by_reference(buffer: &[u8]) -> impl Iterator<Item = &[u8]> {
    yield_!(&buffer[1..]);
}

fn main() {
    assert!(owned(1).eq([vec![1], vec![1, 1]]));
    assert!(by_reference(&[1, 2]).eq([[2]]));
}
