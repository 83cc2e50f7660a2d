//! One function on every executor.

use std::rc::Rc;
use std::sync::Arc;

use futures::channel::oneshot;
use futures::executor::LocalPool;
use futures::task::{LocalSpawnExt, SpawnExt};
use tokio::runtime::Builder;
use unawait::prelude::*;

/// Receives two numbers, in any order of sending, and a word that it borrows.
#[coro]
async fn sum(
    left: oneshot::Receiver<u32>,
    right: oneshot::Receiver<u32>,
    word: &str,
) -> Result<String, oneshot::Canceled> {
    let (left, right) = (left.await?, right.await?);
    let mut text = String::new();
    append(&mut text, word).await;
    append(&mut text, &format!("{}", left + right)).await;
    Ok(text)
}

#[coro]
async fn append(text: &mut String, more: &str) {
    smol::future::yield_now().await;
    text.push_str(more);
}

/// Sends one of the numbers late.
#[coro]
async fn send(left: oneshot::Sender<u32>, right: oneshot::Sender<u32>) {
    { right }.send(4).expect("somebody waits");
    smol::future::yield_now().await;
    { left }.send(3).expect("somebody waits");
}

/// Keeps what is not `Send`.
#[coro]
async fn local(list: Rc<[u32]>) -> u32 {
    let mut sum = 0;
    for n in list.iter() {
        smol::future::yield_now().await;
        sum += n;
    }
    sum
}

#[test]
fn tokio_on_one_thread() {
    let runtime = Builder::new_current_thread().build().expect("a runtime");
    let text = runtime.block_on(async {
        let ((left, l), (right, r)) = (oneshot::channel(), oneshot::channel());
        let sum = tokio::spawn(sum(l, r, "is "));
        tokio::spawn(send(left, right)).await.expect("no panic");
        sum.await.expect("no panic")
    });
    assert_eq!(text.as_deref(), Ok("is 7"));
}

#[test]
fn tokio_on_two_threads() {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .expect("a runtime");
    let word: Arc<str> = "is ".into();
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let ((left, l), (right, r)) = (oneshot::channel(), oneshot::channel());
            let word = Arc::clone(&word);
            runtime.spawn(send(left, right));
            runtime.spawn(async move { sum(l, r, &word).await })
        })
        .collect();
    for task in tasks {
        assert_eq!(runtime.block_on(task).expect("no panic").as_deref(), Ok("is 7"));
    }
}

#[test]
fn tokio_with_what_is_not_send() {
    let runtime = Builder::new_current_thread().build().expect("a runtime");
    let set = tokio::task::LocalSet::new();
    let sum = set.block_on(&runtime, async {
        tokio::task::spawn_local(local(Rc::new([1, 2, 3]))).await
    });
    assert_eq!(sum.expect("no panic"), 6);
}

#[test]
fn smol_with_and_without_threads() {
    let ((left, l), (right, r)) = (oneshot::channel(), oneshot::channel());
    let executor = smol::Executor::new();
    let sum = executor.spawn(sum(l, r, "is "));
    executor.spawn(send(left, right)).detach();
    assert_eq!(smol::block_on(executor.run(sum)).as_deref(), Ok("is 7"));

    let executor = smol::LocalExecutor::new();
    let task = executor.spawn(local(Rc::new([1, 2, 3])));
    assert_eq!(smol::block_on(executor.run(task)), 6);
}

#[test]
fn futures_pool() {
    let ((left, l), (right, r)) = (oneshot::channel(), oneshot::channel());
    let mut pool = LocalPool::new();
    let sum = pool.spawner().spawn_with_handle(sum(l, r, "is ")).expect("it runs");
    let numbers = pool.spawner().spawn_local_with_handle(local(Rc::new([1, 2, 3])));
    pool.spawner().spawn(send(left, right)).expect("it runs");
    pool.run();
    assert_eq!(pool.run_until(sum).as_deref(), Ok("is 7"));
    assert_eq!(pool.run_until(numbers.expect("it runs")), 6);
}

#[test]
fn pollster() {
    let ((left, l), (right, r)) = (oneshot::channel(), oneshot::channel());
    let both = smol::future::zip(send(left, right), sum(l, r, "is "));
    assert_eq!(pollster::block_on(both).1.as_deref(), Ok("is 7"));
    // From another thread, which wakes it.
    let ((left, l), (right, r)) = (oneshot::channel(), oneshot::channel());
    let other = std::thread::spawn(|| pollster::block_on(send(left, right)));
    assert_eq!(pollster::block_on(sum(l, r, "is ")).as_deref(), Ok("is 7"));
    other.join().expect("no panic");
}

#[test]
fn a_sender_that_goes_away_is_an_error() {
    let ((left, l), (right, r)) = (oneshot::channel(), oneshot::channel());
    drop((left, right));
    assert_eq!(pollster::block_on(sum(l, r, "")), Err(oneshot::Canceled));
}
