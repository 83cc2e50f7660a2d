//! The right side of `&&` and `||` suspends, or is never reached.

use unawait::prelude::*;

#[coro]
fn ask(sure: bool) -> impl Coroutine<bool, Yield = &'static str, Return = bool> {
    let delete = sure || yield_!("delete?") && yield_!("really?");
    delete
}
