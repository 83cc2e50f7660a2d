//! A macro that pins a variable to the stack frame, in a scope that is left early for two places.

use std::future::ready;

use unawait::prelude::*;

mod tokio {
    #[allow(unused_macros)]
    macro_rules! pin {
        ($x:ident) => {};
    }
    pub(crate) use pin;
}

#[coro]
async fn both() -> u32 {
    loop {
        let first = ready(1);
        tokio::pin!(first);
        if ready(2).await > 2 {
            break;
        }
        if first.await > 2 {
            return 3;
        }
    }
    4
}

fn main() {}
