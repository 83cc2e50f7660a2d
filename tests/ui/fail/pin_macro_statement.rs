//! A macro that pins a variable to the stack frame.

use unawait::prelude::*;

use std::future::ready;

mod tokio {
    #[allow(unused_macros)]
    macro_rules! pin {
        ($x:ident) => {};
    }
    pub(crate) use pin;
}

#[coro]
async fn both() -> u32 {
    let first = ready(1);
    tokio::pin!(first);
    ready(2).await + first.await
}

fn main() {}
