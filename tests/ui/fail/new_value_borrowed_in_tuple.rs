//! What a tuple borrows of a new value lives as long as the tuple, and moves from state to state.

use unawait::prelude::*;

struct Row {
    name: String,
}

fn row() -> Row {
    Row { name: String::new() }
}

#[coro]
fn first() -> impl Coroutine<u32, Yield = u32, Return = usize> {
    let both = (&row(), yield_!(5));
    yield_!(1);
    both.0.name.len()
}

#[coro]
fn last() -> impl Coroutine<u32, Yield = u32, Return = usize> {
    let both = (yield_!(5), &row().name);
    yield_!(1);
    both.1.len()
}

fn main() {}
