//! `?` needs a conversion to the error of the signature.

use unawait::prelude::*;

#[coro]
fn parse(text: &str) -> impl Coroutine<(), Yield = u32, Return = Result<u32, std::fmt::Error>> {
    let n: u32 = text.parse()?;
    yield_!(n);
    Ok(n)
}

fn main() {}
