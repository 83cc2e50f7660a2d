//! Ways out of `recursive` where there is no stack for it.

use unawait::prelude::*;

#[coro]
fn numbers(n: u32) -> impl Iterator<Item = u32> {
    yield_from!(0..n);
}

#[coro]
fn sum(n: u32) -> Box<dyn Coroutine<u32, Yield = u32, Return = u32>> {
    match n {
        0 => yield_!(0),
        n => yield_from!(sum(n - 1)),
    }
}

#[coro]
async fn down(n: u32) {
    if n > 0 {
        Box::pin(down(n - 1)).await;
    }
}

#[coro(recursive)]
fn twice(n: u32) -> impl Iterator<Item = u32> {
    if n > 0 {
        yield_from!(twice(n - 1));
        yield_from!(twice(n - 1));
    }
    yield_!(n);
}

fn main() {
    assert!(numbers(2).eq([0, 1]));
    assert_eq!(sum(1).start(), CoroutineState::Yielded(0));
    drop(down(1));
    assert!(twice(2).eq([0, 0, 1, 0, 0, 1, 2]));
}
