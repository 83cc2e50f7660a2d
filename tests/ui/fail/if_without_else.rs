//! An `if` without `else` has no value.

use unawait::prelude::*;

#[coro]
async fn check(yes: bool) -> u32 {
    let n = if yes {
        std::future::ready(1).await
    };
    n
}

fn main() {}
