//! A macro that pins a variable to the stack frame, in a scope that is left early for two loops.

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
    'outer: for _ in 0..3 {
        loop {
            let first = ready(1);
            tokio::pin!(first);
            if ready(2).await > 2 {
                break;
            }
            if first.await > 2 {
                continue 'outer;
            }
        }
    }
    4
}

fn main() {}
