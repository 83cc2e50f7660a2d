//! The value of `yield_!` is of the input type.

use unawait::prelude::*;

#[coro]
fn sum() -> impl Coroutine<u32, Yield = u64, Return = ()> {
    let mut sum = 0;
    loop {
        let n: u64 = yield_!(sum);
        sum += n;
    }
}

fn main() {}
