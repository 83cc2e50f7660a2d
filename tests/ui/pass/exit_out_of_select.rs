//! The exit stands in front of the macro.

use std::future::ready;
use unawait::prelude::*;

macro_rules! join {
    ($a:expr, $b:expr) => {
        ($a.await, $b.await)
    };
}

#[coro]
async fn sum(text: &str) -> Result<u32, std::num::ParseIntError> {
    let parsed = text.parse::<u32>()?;
    let (a, b) = join!(ready(1), ready(parsed));
    Ok(a + b)
}

fn main() {
    assert_eq!(pollster::block_on(sum("2")), Ok(3));
}
