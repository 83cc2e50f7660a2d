//! A condition in the loop, or the collection as an argument by reference.

use unawait::prelude::*;

#[coro]
fn by_condition(numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    for number in &numbers {
        if *number > 9 {
            yield_!(*number);
        }
    }
    yield_!(numbers.len() as u32);
}

#[coro]
fn by_reference(numbers: &[u32]) -> impl Iterator<Item = u32> {
    for number in numbers.iter().filter(|number| **number > 9) {
        yield_!(*number);
    }
    yield_!(numbers.len() as u32);
}

fn main() {
    let numbers = vec![1, 30, 4, 10];
    assert!(by_reference(&numbers).eq([30, 10, 4]));
    assert!(by_condition(numbers).eq([30, 10, 4]));
}
