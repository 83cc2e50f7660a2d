//! Names that stand for one thing after another.

use unawait::prelude::*;

#[coro]
fn steps(n: u32) -> impl Iterator<Item = u32> {
    let n = n + 1;
    yield_!(n);
    {
        let n = 10 * n;
        yield_!(n);
        let n = n + 1;
        yield_!(n);
    }
    yield_!(n);
}
