//! All inputs have one type, and so one lifetime.

use unawait::prelude::*;

#[coro]
fn lengths() -> impl for<'a> Coroutine<&'a str, Yield = usize, Return = ()> {
    let mut length = 0;
    loop {
        length = yield_!(length).len();
    }
}

fn main() {}
