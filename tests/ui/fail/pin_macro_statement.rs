//! A macro that pins a variable to the stack frame, in a scope that `?` leaves, of a function whose type does not show its kind.

use std::future::ready;

use unawait::prelude::*;

mod tokio {
    #[allow(unused_macros)]
    macro_rules! pin {
        ($x:ident) => {};
    }
    pub(crate) use pin;
}

type Answer = Result<u32, String>;

async fn check(n: u32) -> Answer {
    Ok(n)
}

#[coro]
async fn both() -> Answer {
    for _ in 0..3 {
        let first = ready(1);
        tokio::pin!(first);
        if check(2).await? > 2 {
            break;
        }
        first.await;
    }
    Ok(4)
}

fn main() {}
