//! Promises on executors that know nothing of microtasks.

use std::cell::RefCell;
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use futures::channel::oneshot;
use futures::executor::LocalPool;
use futures::future::join;
use futures::task::LocalSpawnExt;
use tokio::task::{LocalSet, spawn_local, yield_now};
use unawait::prelude::*;
use unawait::promise::{Promise, Resolver};

use crate::Text;

type Settles = (Text<u32>, Resolver<u32, String>);

/// Settles when a thread has sent a number.
#[coro]
async fn relay(resolver: Resolver<u32, String>) {
    let (sender, receiver) = oneshot::channel();
    let timer = thread::spawn(move || {
        thread::sleep(Duration::from_millis(5));
        sender.send(20)
    });
    let number = receiver.await.unwrap();
    resolver.resolve(number);
    timer.join().unwrap().unwrap();
}

/// A chain of callbacks, awaited at its end.
#[coro]
async fn chain(promise: Text<u32>) -> Result<u32, String> {
    promise.then(|n| Ok(n + 1)).then(|n| Promise::resolve(2 * n)).await
}

async fn program() {
    let (promise, resolver): Settles = Text::with_resolvers();
    let (chain, ()) = join(chain(promise), relay(resolver)).await;
    assert_eq!(chain, Ok(42));
}

#[test]
fn pollster() {
    ::pollster::block_on(program());
}

#[test]
fn smol() {
    ::smol::block_on(program());
}

#[test]
fn futures() {
    ::futures::executor::block_on(program());
}

#[test]
fn tokio() {
    ::tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(program());
}

#[test]
fn tasks_of_a_local_set() {
    let runtime = ::tokio::runtime::Builder::new_current_thread().build().unwrap();
    LocalSet::new().block_on(&runtime, async {
        let (promise, resolver): Settles = Text::with_resolvers();
        let chains: Vec<_> = (0..10).map(|_| spawn_local(chain(promise.clone()))).collect();
        yield_now().await;
        let settles = spawn_local(async move {
            yield_now().await;
            resolver.resolve(20);
        });
        for chain in chains {
            assert_eq!(chain.await.unwrap(), Ok(42));
        }
        settles.await.unwrap();
    });
}

#[test]
fn tasks_of_smol() {
    let executor = ::smol::LocalExecutor::new();
    let (promise, resolver): Settles = Text::with_resolvers();
    let chains: Vec<_> = (0..10).map(|_| executor.spawn(chain(promise.clone()))).collect();
    let settles = executor.spawn(relay(resolver));
    ::smol::block_on(executor.run(async {
        for chain in chains {
            assert_eq!(chain.await, Ok(42));
        }
        settles.await;
    }));
}

#[test]
fn tasks_of_a_local_pool() {
    let mut pool = LocalPool::new();
    let results = Rc::new(RefCell::new(Vec::new()));
    let (promise, resolver): Settles = Text::with_resolvers();
    for _ in 0..10 {
        let (promise, results) = (promise.clone(), results.clone());
        let task = async move {
            let result = chain(promise).await;
            results.borrow_mut().push(result);
        };
        pool.spawner().spawn_local(task).unwrap();
    }
    pool.run_until_stalled();
    pool.spawner().spawn_local(relay(resolver)).unwrap();
    pool.run();
    assert_eq!(*results.borrow(), vec![Ok(42); 10]);
}

#[test]
fn a_task_that_goes_on_though_another_that_was_woken_is_cancelled() {
    let runtime = ::tokio::runtime::Builder::new_current_thread().build().unwrap();
    LocalSet::new().block_on(&runtime, async {
        let (promise, resolver): Settles = Text::with_resolvers();
        let cancelled = spawn_local(chain(promise.clone()));
        let goes_on = spawn_local(chain(promise));
        yield_now().await;
        resolver.resolve(20);
        cancelled.abort();
        assert_eq!(goes_on.await.unwrap(), Ok(42));
    });
}

#[test]
fn threads_have_microtasks_of_their_own() {
    let threads: Vec<_> = (0..4)
        .map(|_| thread::spawn(|| ::pollster::block_on(program())))
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}
