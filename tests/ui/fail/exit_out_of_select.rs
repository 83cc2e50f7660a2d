//! While a macro awaits its operands, it is a future of its own.

use unawait::prelude::*;

use std::future::ready;

macro_rules! select {
    ($name:ident = $future:expr => $handler:expr) => {{
        let $name = $future.await;
        $handler
    }};
}

#[coro]
async fn first(list: &[u32]) -> Result<u32, String> {
    for n in list {
        select! { x = ready(*n) => if x > 1 { return Ok(x) } else { break } };
        select! { x = ready("1".parse::<u32>()) => x.map_err(|error| error.to_string())? };
    }
    Ok(0)
}

fn main() {}
