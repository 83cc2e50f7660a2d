//! What changes is a number, or the local is borrowed from outside.

use unawait::prelude::*;

#[coro]
fn parts() -> impl Iterator<Item = u8> {
    let buffer = vec![1u8, 2, 3];
    let mut start = 0;
    for i in 0..3 {
        let part = &buffer[start..];
        yield_!(part[0]);
        start = i;
    }
}

#[coro]
fn parts_of(buffer: &[u8]) -> impl Iterator<Item = u8> {
    let mut part = &buffer[0..];
    for i in 0..3 {
        yield_!(part[0]);
        part = &buffer[i..];
    }
}

fn main() {
    assert!(parts().eq([1, 1, 2]));
    assert!(parts_of(&[1, 2, 3]).eq([1, 1, 2]));
}
