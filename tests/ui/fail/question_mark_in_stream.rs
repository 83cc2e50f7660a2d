//! A stream completes with `()`.

use unawait::prelude::*;

use std::future::ready;

#[coro]
fn numbers(text: &str) -> impl Stream<Item = Result<u32, std::num::ParseIntError>> {
    let n = ready(text).await.parse::<u32>()?;
    yield_!(Ok(n));
}

fn main() {}
