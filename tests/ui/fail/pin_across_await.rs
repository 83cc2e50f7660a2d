//! What is pinned to the stack frame ends with a step, unless a block of its own keeps it, which `?` may leave where the
//! function's type shows its kind.

use std::future::ready;
use std::pin::pin;

use unawait::prelude::*;

type Answer = Result<u32, String>;

async fn check(n: u32) -> Answer {
    Ok(n)
}

#[coro]
async fn both() -> Answer {
    for _ in 0..3 {
        let mut first = pin!(ready(1));
        let second = check(2).await?;
        if first.as_mut().await > second {
            break;
        }
    }
    Ok(1)
}

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    let first = pin!(5);
    yield_!(1);
    yield_!(*first);
}

fn main() {}
