//! What is pinned to the stack frame ends with a step.

use unawait::prelude::*;

use std::future::ready;
use std::pin::pin;

#[coro]
async fn both() -> u32 {
    let mut first = pin!(ready(1));
    let second = ready(2).await;
    first.as_mut().await + second
}

fn main() {}
