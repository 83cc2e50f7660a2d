//! The body is what the future does, and not an expression that makes one.

use std::pin::Pin;

use unawait::prelude::*;

type Boxed<T> = Pin<Box<dyn Future<Output = T>>>;

async fn send(text: String) -> usize {
    text.len()
}

#[coro]
fn prepared(name: &str) -> Pin<Box<dyn Future<Output = usize>>> {
    let name = name.to_owned();
    Box::pin(async move { send(name).await })
}

#[coro]
fn borrowed(name: String) -> Pin<Box<dyn Future<Output = usize>>> {
    Box::pin(async { send(name).await })
}

#[coro]
fn of_two<A: AsRef<str>, B: AsRef<str>>(one: A, two: B) -> impl Future<Output = usize> {
    async move { send(two.as_ref().to_owned() + one.as_ref()).await }
}

fn main() {
    let _: Boxed<usize> = prepared("a");
}
