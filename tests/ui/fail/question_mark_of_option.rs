//! `?` on an `Option` in a function that returns a `Result`.

use unawait::prelude::*;

#[coro]
async fn load(n: Option<u32>) -> Result<u32, String> {
    let n = std::future::ready(n).await?;
    Ok(n)
}

fn main() {}
