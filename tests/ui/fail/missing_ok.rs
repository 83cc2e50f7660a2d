//! `Ok` is missing.

use unawait::prelude::*;

#[coro]
async fn load(n: u32) -> Result<u32, String> {
    let n = std::future::ready(n).await;
    n
}

fn main() {}
