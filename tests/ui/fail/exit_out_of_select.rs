//! While a macro awaits its operands, they are a future of their own. The branches of `select!` may leave it.

use std::future::ready;

use unawait::prelude::*;

macro_rules! select {
    ($name:ident = $future:expr => $handler:expr) => {{
        let $name = $future.await;
        $handler
    }};
}

macro_rules! join {
    ($a:expr, $b:expr) => {
        ($a.await, $b.await)
    };
}

#[coro]
async fn first(list: &[&str]) -> Result<u32, std::num::ParseIntError> {
    for text in list {
        select! { x = ready(text.parse::<u32>()?) => if x > 1 { return Ok(x) } };
        let (a, b) = join!(ready(1), ready(text.parse::<u32>()?));
        if a == b {
            break;
        }
    }
    Ok(0)
}

fn main() {}
