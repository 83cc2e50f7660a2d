//! Suspensions after which the same happens resume at one state.

use unawait::prelude::*;

/// So there is one way to the head of the loop, and it is a part of that state.
#[coro]
fn mean() -> impl Coroutine<f64, Yield = f64, Return = ()> {
    let (mut total, mut count) = (0.0, 0.0);
    let mut x = yield_!(0.0);
    loop {
        total += x;
        count += 1.0;
        x = yield_!(total / count);
    }
}

/// The name that was received before drops when the next one is there: only one of the states has it.
#[coro]
fn greet() -> impl Coroutine<String, Yield = usize, Return = ()> {
    let mut name = yield_!(0);
    while !name.is_empty() {
        println!("Hello {name}!");
        name = yield_!(1);
    }
}
