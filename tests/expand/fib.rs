//! Locals that are both carried, and a loop without an end.

use unawait::prelude::*;

#[coro]
fn fib() -> impl Iterator<Item = u64> {
    let (mut a, mut b) = (0, 1);
    loop {
        yield_!(a);
        (a, b) = (b, a + b);
    }
}
