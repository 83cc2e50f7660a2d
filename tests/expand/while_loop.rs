//! A condition is tested again after each suspension.

use unawait::prelude::*;

#[coro]
fn collatz(mut n: u64) -> impl Iterator<Item = u64> {
    while n != 1 {
        yield_!(n);
        n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
    }
    yield_!(1);
}
