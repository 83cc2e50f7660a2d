//! The arguments as the errors about others write them.

use unawait::prelude::*;

mod some {
    pub use unawait as path;
}

#[coro(first = name)]
fn echo() -> impl Coroutine<u32, Yield = u32, Return = ()> {
    yield_!(name);
}

#[coro(crate = some::path)]
fn one() -> impl Iterator<Item = u32> {
    yield_!(1);
}

fn main() {
    assert_eq!(echo().resume(7), CoroutineState::Yielded(7));
    assert!(one().eq([1]));
}
