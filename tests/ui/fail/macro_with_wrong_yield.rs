//! Suspensions in the arguments of std macros have the type of the input.

use unawait::prelude::*;

#[coro]
fn greet() -> impl Coroutine<Vec<u32>, Yield = &'static str, Return = String> {
    format!("Hello {}", yield_!("name?"))
}

fn main() {}
