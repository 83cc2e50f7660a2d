//! The value is bound before the assertion.

use unawait::prelude::*;

#[coro]
fn checked(n: u32) -> impl Coroutine<String, Yield = u32, Return = ()> {
    let value = yield_!(n);
    assert!(n > 0, "{}", value);
}

fn main() {
    let mut checked = checked(1);
    assert_eq!(checked.start(), CoroutineState::Yielded(1));
    assert_eq!(checked.resume(String::new()), CoroutineState::Complete(()));
}
