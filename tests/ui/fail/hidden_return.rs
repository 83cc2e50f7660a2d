//! A macro hides a `return` of something else than an error.

use unawait::prelude::*;

macro_rules! finish {
    ($value:expr) => {
        return Ok($value)
    };
}

async fn later() {}

#[coro]
async fn first(n: u32) -> Result<u32, String> {
    if n > 3 {
        finish!(n);
    }
    later().await;
    Ok(0)
}

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    macro_rules! stop {
        () => {
            return
        };
    }
    yield_!(1);
    stop!();
}

fn main() {}
