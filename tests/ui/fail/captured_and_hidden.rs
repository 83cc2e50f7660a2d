//! A closure borrows a variable whose name another one takes.

use std::future::ready;
use unawait::prelude::*;

#[coro]
async fn sum() -> usize {
    let y = ready(3_usize).await;
    let _add = |n: usize| n + y;
    let y = 7;
    ready(()).await;
    y
}

fn main() {}
