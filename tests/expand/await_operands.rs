use std::future::ready;

use unawait::prelude::*;

fn f(a: u32, b: u32, c: u32) -> u32 {
    a + b + c
}

fn g() -> u32 {
    1
}

#[coro]
pub async fn operands() -> u32 {
    f(g(), ready(2).await, g()) + ready(3).await
}
