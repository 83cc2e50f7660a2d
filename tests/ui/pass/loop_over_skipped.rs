//! A condition in the loop, or the collection as an argument by reference.

use unawait::prelude::*;

#[coro]
fn by_condition(numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    let mut begun = false;
    for number in &numbers {
        begun |= *number >= 9;
        if begun {
            yield_!(*number);
        }
    }
    yield_!(numbers.len() as u32);
}

#[coro]
fn by_reference(numbers: &[u32]) -> impl Iterator<Item = u32> {
    for number in numbers.iter().skip_while(|number| **number < 9) {
        yield_!(*number);
    }
    yield_!(numbers.len() as u32);
}

fn main() {
    let numbers = vec![1, 30, 4, 10];
    assert!(by_reference(&numbers).eq([30, 4, 10, 4]));
    assert!(by_condition(numbers).eq([30, 4, 10, 4]));
}
