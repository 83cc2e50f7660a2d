//! The arms of a `match` that awaits have different types.

use unawait::prelude::*;

#[coro]
async fn check(n: Option<u32>) -> String {
    let text = match n {
        Some(n) => std::future::ready(n.to_string()).await,
        None => "none",
    };
    text
}

fn main() {}
