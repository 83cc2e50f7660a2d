//! What macros may hide, and what stands at their call.

use unawait::prelude::*;

macro_rules! fail {
    ($error:expr) => {
        return Err(From::from($error))
    };
}

async fn later() {}

type Answer<T> = Result<T, String>;
type ApiResult<T> = Result<T, String>;

#[coro]
async fn first(n: u32) -> Answer<u32> {
    if n > 3 {
        return Ok(n);
    }
    later().await;
    Ok(0)
}

/// An error may be hidden where the type is a `Result`, by its name.
#[coro]
async fn second(n: u32) -> ApiResult<u32> {
    if n > 3 {
        fail!("too many");
    }
    later().await;
    match n {
        2 => fail!("two"),
        n => Ok(n),
    }
}

fn main() {
    let waker = std::task::Waker::noop();
    let context = &mut std::task::Context::from_waker(waker);
    let mut run = |n| {
        let first = std::pin::pin!(first(n)).poll(context);
        let second = std::pin::pin!(second(n)).poll(context);
        (first, second)
    };
    use std::task::Poll::Ready;
    assert_eq!(run(4), (Ready(Ok(4)), Ready(Err("too many".to_owned()))));
    assert_eq!(run(2), (Ready(Ok(0)), Ready(Err("two".to_owned()))));
    assert_eq!(run(1), (Ready(Ok(0)), Ready(Ok(1))));
}
