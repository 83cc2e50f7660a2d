//! A reference is `Copy`: given as it is, nothing borrows the variable.

use unawait::prelude::*;

fn first(list: &[u32], n: u32) -> u32 {
    list[0] + n
}

#[coro]
fn sum(list: &[u32]) -> impl Coroutine<u32, Yield = u32, Return = u32> {
    let mut rest = list;
    first(rest, yield_!({
        rest = &rest[1..];
        rest[0]
    }))
}

fn main() {
    let mut sum = sum(&[1, 2]);
    assert_eq!(sum.start(), CoroutineState::Yielded(2));
    assert_eq!(sum.resume(5), CoroutineState::Complete(6));
}
