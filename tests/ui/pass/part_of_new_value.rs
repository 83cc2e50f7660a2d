//! The value has a variable before a part of it is taken.

use unawait::prelude::*;

fn pair() -> (String, String) {
    (String::from("one"), String::from("two"))
}

fn add(text: String, n: u32) -> usize {
    text.len() + n as usize
}

#[coro]
fn sum() -> impl Coroutine<u32, Yield = u32, Return = usize> {
    let (one, _two) = pair();
    add(one, yield_!(1))
}

fn main() {
    let mut sum = sum();
    assert_eq!(sum.start(), CoroutineState::Yielded(1));
    assert_eq!(sum.resume(2), CoroutineState::Complete(5));
}
