//! Where async functions stand: below the attributes of tokio, in traits, behind `dyn`, as arguments.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;

use smol::future::yield_now;
use unawait::prelude::*;

#[coro]
#[tokio::test]
async fn a_test_of_tokio() {
    let n = later(2).await;
    assert_eq!(n, 2);
}

#[coro]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_test_on_threads() -> Result<(), tokio::task::JoinError> {
    let n = tokio::spawn(later(2)).await?;
    assert_eq!(n, 2);
    Ok(())
}

#[coro]
#[tokio::main(flavor = "current_thread")]
async fn entry(n: u32) -> Result<u32, String> {
    let n = later(n).await;
    if n == 0 {
        return Err("nothing".to_owned());
    }
    Ok(n)
}

#[test]
fn an_entry_point_of_tokio() {
    assert_eq!(entry(2), Ok(2));
    assert_eq!(entry(0), Err("nothing".to_owned()));
}

#[coro]
async fn later<T>(value: T) -> T {
    yield_now().await;
    value
}

/// A trait with an `async fn`, which the crate did not write for us.
trait Store {
    async fn get(&self, key: &str) -> Option<String>;
    async fn set(&mut self, key: &str, value: String) -> Option<String>;
    async fn take(self, key: &str) -> Option<String>;
    fn all(&self) -> impl Future<Output = Vec<String>> + Send;
}

#[derive(Default)]
struct Memory(HashMap<String, String>);

impl Store for Memory {
    #[coro]
    async fn get(&self, key: &str) -> Option<String> {
        yield_now().await;
        self.0.get(key).cloned()
    }

    #[coro]
    async fn set(&mut self, key: &str, value: String) -> Option<String> {
        let before = self.get(key).await?;
        self.0.insert(key.to_owned(), later(value).await);
        Some(before)
    }

    #[coro]
    async fn take(mut self, key: &str) -> Option<String> {
        yield_now().await;
        self.0.remove(key)
    }

    #[coro]
    async fn all(&self) -> Vec<String> {
        let mut all = Vec::new();
        for value in self.0.values() {
            all.push(later(value.clone()).await);
        }
        all
    }
}

/// A caller that knows the trait only.
#[coro]
async fn swap(store: &mut impl Store, key: &str, value: &str) -> String {
    let before = store.set(key, value.to_owned()).await.unwrap_or_default();
    let after = store.get(key).await.unwrap_or_default();
    format!("{before} -> {after}, {}", store.all().await.len())
}

#[test]
fn a_trait_with_async_functions() {
    let mut memory = Memory::default();
    memory.0.insert("a".into(), "old".into());
    assert_eq!(pollster::block_on(swap(&mut memory, "a", "new")), "old -> new, 1");
    assert_eq!(pollster::block_on(swap(&mut memory, "b", "new")), " -> , 1");
    assert_eq!(pollster::block_on(memory.take("a")).as_deref(), Some("new"));
}

/// A trait object, as `async_trait` makes it.
trait Handler: Send + Sync {
    fn handle<'a>(&'a self, request: &'a str) -> Pin<Box<dyn Future<Output = Result<String, String>> + Send + 'a>>;
}

struct Greeter {
    greeting: String,
}

impl Handler for Greeter {
    #[coro]
    fn handle<'a>(&'a self, request: &'a str) -> Pin<Box<dyn Future<Output = Result<String, String>> + Send + 'a>> {
        let request = later(request).await;
        if request.is_empty() {
            return Err("who?".to_owned());
        }
        Ok(format!("{} {request}", self.greeting))
    }
}

/// Calls another one, twice if the first call fails.
struct Retry<H>(H);

impl<H: Handler> Handler for Retry<H> {
    #[coro]
    fn handle<'a>(&'a self, request: &'a str) -> Pin<Box<dyn Future<Output = Result<String, String>> + Send + 'a>> {
        match self.0.handle(request).await {
            Ok(answer) => Ok(answer),
            Err(_) => self.0.handle("nobody").await,
        }
    }
}

#[coro]
async fn ask(handlers: Arc<[Box<dyn Handler>]>, request: String) -> Vec<Result<String, String>> {
    let mut answers = Vec::new();
    for handler in handlers.iter() {
        answers.push(handler.handle(&request).await);
    }
    answers
}

#[coro]
#[tokio::test]
async fn trait_objects_on_a_task() {
    let greeter = |greeting: &str| Greeter {
        greeting: greeting.to_owned(),
    };
    let handlers: Arc<[Box<dyn Handler>]> = Arc::new([Box::new(greeter("Hi")), Box::new(Retry(greeter("Ho")))]);
    let answers = tokio::spawn(ask(Arc::clone(&handlers), "Ada".to_owned()))
        .await
        .unwrap();
    assert_eq!(answers, [Ok("Hi Ada".to_owned()), Ok("Ho Ada".to_owned())]);
    let answers = tokio::spawn(ask(handlers, String::new())).await.unwrap();
    assert_eq!(answers, [Err("who?".to_owned()), Ok("Ho nobody".to_owned())]);
}

/// Recursion through a box.
#[coro]
fn factorial(n: u64) -> Pin<Box<dyn Future<Output = u64> + Send>> {
    if n == 0 {
        return 1;
    }
    n * factorial(later(n - 1).await).await
}

#[test]
fn recursion() {
    assert_eq!(pollster::block_on(factorial(10)), 3_628_800);
}

/// Calls an async closure, or an async function, with what it lends.
#[coro]
async fn each(list: &[u32], visit: impl AsyncFn(&u32) -> u32) -> u32 {
    let mut sum = 0;
    for n in list {
        sum += visit(n).await;
    }
    sum
}

#[coro]
async fn each_mut(list: &mut Vec<u32>, mut visit: impl AsyncFnMut(&mut u32)) {
    for n in list.iter_mut() {
        visit(n).await;
    }
}

#[coro]
async fn once<T>(make: impl AsyncFnOnce(u32) -> T) -> T {
    yield_now().await;
    make(5).await
}

#[coro]
async fn double(n: &u32) -> u32 {
    2 * later(*n).await
}

#[test]
fn async_functions_as_arguments() {
    let add = 10;
    let mut calls = 0;
    let mut list = vec![1, 2, 3];
    assert_eq!(pollster::block_on(each(&list, double)), 12);
    assert_eq!(pollster::block_on(each(&list, async |n| later(*n).await + add)), 36);
    pollster::block_on(each_mut(&mut list, async |n| {
        calls += 1;
        *n += later(calls).await;
    }));
    assert_eq!(list, [2, 4, 6]);
    assert_eq!(pollster::block_on(once(async move |n| list[0] + later(n).await)), 7);
    assert_eq!(pollster::block_on(once(later)), 5);
}
