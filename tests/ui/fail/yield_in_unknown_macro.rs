//! Nobody but the macro knows when it evaluates its arguments.

use unawait::prelude::*;

macro_rules! twice {
    ($e:expr) => {
        ($e, $e)
    };
}

#[coro]
fn pairs() -> impl Coroutine<u32, Yield = u32, Return = (u32, u32)> {
    twice!(yield_!(1))
}

fn main() {}
