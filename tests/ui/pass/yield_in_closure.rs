//! A `for` loop instead of an iterator adapter.

use unawait::prelude::*;

#[coro]
fn doubled(numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    for n in numbers {
        yield_!(2 * n);
    }
}

fn main() {
    assert!(doubled(vec![1, 2]).eq([2, 4]));
}
