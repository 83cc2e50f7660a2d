//! The ways out of `fail/await_not_send_between_branches.rs`: the value is made behind the branches, or in a block.

use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use unawait::prelude::*;

#[coro]
async fn counted(known: bool) -> u32 {
    let count = if known { 4 } else { std::future::ready(3).await };
    let count = Rc::new(count);
    let n = *count;
    drop(count);
    std::future::ready(n).await
}

#[coro]
async fn counted_in_a_block(known: bool) -> u32 {
    let n = async {
        let count = if known { Rc::new(4) } else { Rc::new(std::future::ready(3).await) };
        *count
    }
    .await;
    std::future::ready(n).await
}

fn send<T: Send>(value: T) -> T {
    value
}

fn main() {
    let mut context = Context::from_waker(Waker::noop());
    assert_eq!(pin!(send(counted(true))).as_mut().poll(&mut context), Poll::Ready(4));
    let future = pin!(send(counted_in_a_block(false)));
    assert_eq!(future.poll(&mut context), Poll::Ready(3));
}
