//! The first input has a name of its own.

use unawait::prelude::*;

#[coro(first = sample)]
fn average() -> impl Coroutine<f64, Yield = f64, Return = ()> {
    let mut sum = sample;
    let mut count = 1.0;
    loop {
        sum += yield_!(sum / count);
        count += 1.0;
    }
}
