//! A method of a local that borrows.

use unawait::prelude::*;

#[coro]
fn largest(numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    let largest = numbers.iter().max().unwrap();
    yield_!(numbers[0]);
    yield_!(*largest);
}

fn main() {}
