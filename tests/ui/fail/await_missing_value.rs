//! The last await ends with `;`.

use unawait::prelude::*;

#[coro]
async fn check(n: u32) -> u32 {
    std::future::ready(n).await;
}

fn main() {}
