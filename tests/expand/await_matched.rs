//! An await that is matched: a temporary of its statement.

use unawait::prelude::*;

async fn parsed(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| text.to_owned())
}

#[coro]
pub async fn or_zero(text: String) -> u32 {
    let n = match parsed(&text).await {
        Ok(n) => n,
        Err(_) => 0,
    };
    n + 1
}

#[coro]
pub async fn shown(n: Result<u32, String>) -> usize {
    match std::future::ready(n).await {
        Ok(n) => println!("{n}"),
        Err(_) => println!("no number"),
    }
    std::future::ready(1).await
}
