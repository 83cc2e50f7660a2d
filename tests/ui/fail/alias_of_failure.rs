//! An alias that is named as one of `Result`, and whose argument is not what success gives.

use unawait::prelude::*;

type CheckResult<E> = Result<(), E>;

async fn check(n: u32) -> Result<(), String> {
    if n > 3 { Err("too many".to_owned()) } else { Ok(()) }
}

#[coro]
async fn both(n: u32) -> CheckResult<String> {
    check(n).await?;
    check(n + 1).await
}

fn main() {}
