//! The value is bound before the macro is called.

use unawait::prelude::*;

macro_rules! twice {
    ($e:expr) => {
        ($e, $e)
    };
}

#[coro]
fn pairs() -> impl Coroutine<u32, Yield = u32, Return = (u32, u32)> {
    let value = yield_!(1);
    twice!(value)
}

fn main() {
    let mut pairs = pairs();
    assert_eq!(pairs.start(), CoroutineState::Yielded(1));
    assert_eq!(pairs.resume(5), CoroutineState::Complete((5, 5)));
}
