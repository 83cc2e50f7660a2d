//! A loop over a borrow of a local goes by position.

use unawait::prelude::*;

#[coro]
fn doubled(mut numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    for n in &mut numbers {
        *n *= 2;
        yield_!(*n);
    }
    yield_!(numbers.iter().sum());
}
