use std::pin::Pin;

use unawait::prelude::*;

#[coro]
pub fn countdown(n: u32) -> Pin<Box<dyn Stream<Item = u32>>> {
    if n > 0 {
        yield_!(n);
        yield_from!(countdown(n - 1));
    }
}
