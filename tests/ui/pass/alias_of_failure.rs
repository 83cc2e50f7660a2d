//! The type of the function shows what success gives.

use unawait::prelude::*;

async fn check(n: u32) -> Result<(), String> {
    if n > 3 { Err("too many".to_owned()) } else { Ok(()) }
}

#[coro]
async fn both(n: u32) -> Result<(), String> {
    check(n).await?;
    check(n + 1).await
}

fn main() {
    drop(both(1));
}
