//! rustc reports a returned value of another type at the value.

use unawait::prelude::*;

#[coro]
fn early(stop: bool) -> impl Coroutine<(), Yield = u32, Return = String> {
    yield_!(1);
    if stop {
        return 'x';
    }
    yield_!(2);
    5
}

fn main() {}
