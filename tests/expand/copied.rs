//! A reference to a copy: `*n` moves nothing.

use unawait::prelude::*;

#[coro]
fn running_total(numbers: &[i32]) -> impl Iterator<Item = i32> {
    let mut total = 0;
    for n in numbers {
        yield_!(*n);
        total += *n;
        yield_!(total);
    }
}
