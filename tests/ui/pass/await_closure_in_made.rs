//! The way out of `fail/await_closure_in_made.rs`: a block in which both stay.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use unawait::prelude::*;

fn twice(f: impl Fn(usize) -> usize) -> impl Fn(usize) -> usize {
    move |n| f(f(n))
}

#[coro]
async fn counted() -> usize {
    let names = vec![1, 2];
    async {
        let add = twice(|n| n + names.len());
        let n = std::future::ready(1).await;
        add(n)
    }
    .await
}

fn main() {
    let mut context = Context::from_waker(Waker::noop());
    assert_eq!(pin!(counted()).as_mut().poll(&mut context), Poll::Ready(5));
}
