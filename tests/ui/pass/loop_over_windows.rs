//! An index, or the collection as an argument by reference.

use unawait::prelude::*;

#[coro]
fn by_index(numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    for i in 1..numbers.len() {
        yield_!(numbers[i] - numbers[i - 1]);
    }
    yield_!(numbers.len() as u32);
}

#[coro]
fn by_reference(numbers: &[u32]) -> impl Iterator<Item = u32> {
    for pair in numbers.windows(2) {
        yield_!(pair[1] - pair[0]);
    }
    yield_!(numbers.len() as u32);
}

fn main() {
    let numbers = vec![1, 3, 4];
    assert!(by_reference(&numbers).eq([2, 1, 3]));
    assert!(by_index(numbers).eq([2, 1, 3]));
}
