//! A coroutine that may fail: `?` stays as it is.

use unawait::prelude::*;

use std::num::ParseIntError;

#[coro]
fn sums(text: &str) -> impl Coroutine<(), Yield = i32, Return = Result<usize, ParseIntError>> {
    let mut sum = 0;
    for word in text.split(',') {
        sum += word.trim().parse::<i32>()?;
        yield_!(sum);
    }
    if sum < 0 {
        return Ok(0);
    }
    Ok(text.len())
}
