//! What a function makes of a closure may borrow what the closure does, and moves from state to state.

use unawait::prelude::*;

fn twice(f: impl Fn(usize) -> usize) -> impl Fn(usize) -> usize {
    move |n| f(f(n))
}

#[coro]
async fn counted() -> usize {
    let names = vec![1, 2];
    let add = twice(|n| n + names.len());
    let n = std::future::ready(1).await;
    add(n)
}

fn main() {}
