//! What the function returns is not what the signature says.

use unawait::prelude::*;

use std::future::ready;

#[coro]
async fn length(text: String) -> usize {
    let text = ready(text).await;
    text
}

fn main() {}
