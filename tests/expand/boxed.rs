//! A boxed coroutine.

use unawait::prelude::*;

#[coro]
fn counter(step: u32) -> Box<dyn Coroutine<bool, Yield = u32, Return = ()> + Send> {
    let mut n = 0;
    while yield_!(n) {
        n += step;
    }
}
