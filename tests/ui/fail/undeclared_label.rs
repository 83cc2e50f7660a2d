//! A label that does not exist.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    'outer: for i in 0..3 {
        yield_!(i);
        continue 'other;
    }
}

fn main() {}
