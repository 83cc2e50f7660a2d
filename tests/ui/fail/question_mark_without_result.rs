//! There is nothing that could take the error.

use unawait::prelude::*;

#[coro]
async fn load(text: &str) {
    let n: u32 = text.parse()?;
    std::future::ready(n).await;
}

fn main() {}
