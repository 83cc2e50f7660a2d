//! What a guard that suspends finds is bound in the arm.

use unawait::prelude::*;

#[coro]
fn double(n: u32) -> impl Coroutine<Option<u32>, Yield = u32, Return = u32> {
    match n {
        0 => 0,
        n => {
            if let Some(answer) = yield_!(n) {
                answer * 2
            } else {
                n
            }
        }
    }
}

fn main() {
    let mut double = double(1);
    double.start();
    assert_eq!(double.resume(Some(2)), CoroutineState::Complete(4));
}
