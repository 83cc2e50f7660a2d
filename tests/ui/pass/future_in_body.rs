//! The body without the block; or what the block has in variables, in the order of the arguments.

use std::pin::Pin;

use unawait::prelude::*;

async fn send(text: String) -> usize {
    text.len()
}

#[coro]
fn prepared(name: &str) -> Pin<Box<dyn Future<Output = usize> + '_>> {
    let name = name.to_owned();
    send(name).await
}

#[coro]
fn moved(name: String) -> Pin<Box<dyn Future<Output = usize>>> {
    Box::pin(async move { send(name).await })
}

#[coro]
fn of_two<A: AsRef<str>, B: AsRef<str>>(one: A, two: B) -> impl Future<Output = usize> {
    async move {
        let one = one;
        let two = two;
        send(two.as_ref().to_owned() + one.as_ref()).await
    }
}

type Job = Pin<Box<dyn Future<Output = usize>>>;

#[coro]
fn given(name: String) -> impl Future<Output = Job> {
    let n = send(name).await;
    Box::pin(async move { n })
}

fn main() {
    assert_eq!(pollster::block_on(async { given("a".to_owned()).await.await }), 1);
    assert_eq!(pollster::block_on(prepared("a")), 1);
    assert_eq!(pollster::block_on(moved("a".to_owned())), 1);
    assert_eq!(pollster::block_on(of_two("a", "b")), 2);
}
