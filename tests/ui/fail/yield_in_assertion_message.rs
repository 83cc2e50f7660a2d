//! The message of an assertion is evaluated only if it fails.

use unawait::prelude::*;

#[coro]
fn checked(n: u32) -> impl Coroutine<String, Yield = u32, Return = ()> {
    assert!(n > 0, "{}", yield_!(n));
}

fn main() {}
