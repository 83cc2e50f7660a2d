//! What is pinned to the stack frame ends with a step, unless a block of its own keeps it, which is left for one loop at most.

use std::future::ready;
use std::pin::pin;

use unawait::prelude::*;

#[coro]
async fn both() -> u32 {
    'outer: for _ in 0..3 {
        loop {
            let mut first = pin!(ready(1));
            let second = ready(2).await;
            if second > 9 {
                continue 'outer;
            }
            if first.as_mut().await > second {
                break;
            }
        }
    }
    1
}

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    let first = pin!(5);
    yield_!(1);
    yield_!(*first);
}

fn main() {}
