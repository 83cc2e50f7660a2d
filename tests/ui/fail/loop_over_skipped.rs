//! An adapter of an iterator over a local, that remembers something.

use unawait::prelude::*;

#[coro]
fn large(numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    for number in numbers.iter().skip_while(|number| **number < 9) {
        yield_!(*number);
    }
    yield_!(numbers.len() as u32);
}

fn main() {}
