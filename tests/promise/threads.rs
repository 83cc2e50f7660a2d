//! Promises that another thread settles.

use std::any::Any;
use std::cell::RefCell;
use std::thread;
use std::time::Duration;

use unawait::event_loop::{EventLoop, run};
use unawait::prelude::*;
use unawait::promise::{Promise, Resolver, ThreadsafeResolver};

use crate::{DROPPED, Text};

#[coro]
async fn settled_by(work: impl FnOnce(ThreadsafeResolver<u32, String>) + Send + 'static) -> Result<u32, String> {
    let (promise, resolver) = Text::with_resolvers();
    let resolver = resolver.into_threadsafe();
    let thread = thread::spawn(move || work(resolver));
    let result = promise.await;
    thread.join().unwrap();
    result
}

#[test]
fn a_thread_settles() {
    assert_eq!(run(settled_by(|resolver| resolver.resolve(1))).unwrap(), Ok(1));
    assert_eq!(
        run(settled_by(|resolver| resolver.reject("no"))).unwrap(),
        Err("no".to_owned())
    );
    assert_eq!(run(settled_by(|resolver| resolver.settle(Ok(2)))).unwrap(), Ok(2));
}

#[test]
fn the_loop_waits_for_a_thread() {
    let work = |resolver: ThreadsafeResolver<u32, String>| {
        thread::sleep(Duration::from_millis(20));
        resolver.resolve(1);
    };
    assert_eq!(run(settled_by(work)).unwrap(), Ok(1));
}

#[test]
fn a_thread_that_drops_it_breaks_the_promise() {
    assert_eq!(run(settled_by(drop)).unwrap(), Err(DROPPED.to_owned()));
}

#[test]
fn the_first_settlement_counts() {
    let result = run(async {
        let (promise, resolver) = Text::with_resolvers();
        let other = resolver.clone().into_threadsafe();
        resolver.resolve(1);
        thread::spawn(move || other.resolve(2)).join().unwrap();
        promise.await
    });
    assert_eq!(result.unwrap(), Ok(1));
}

#[test]
fn many_threads() {
    let sum = run(async {
        let promises: Vec<_> = (0..8)
            .map(|thread| {
                let (promises, resolvers): (Vec<_>, Vec<_>) = (0..1000)
                    .map(|_| {
                        let (promise, resolver) = Text::with_resolvers();
                        (promise, resolver.into_threadsafe())
                    })
                    .unzip();
                thread::spawn(move || resolvers.into_iter().for_each(|resolver| resolver.resolve(thread)));
                promises
            })
            .collect();
        Promise::all(promises.into_iter().flatten())
            .await
            .unwrap()
            .into_iter()
            .sum::<u32>()
    });
    assert_eq!(sum.unwrap(), 28 * 1000);
}

#[test]
fn a_loop_that_has_ended() {
    let (promise, resolver) = Text::<u32>::with_resolvers();
    let event_loop = EventLoop::new();
    let resolver = event_loop
        .run_until_complete(async { resolver.into_threadsafe() })
        .unwrap();
    event_loop.close();
    drop(event_loop);
    thread::spawn(move || resolver.resolve(1)).join().unwrap();
    assert!(!promise.is_settled());
}

#[test]
fn a_loop_that_ends_with_the_settlement_in_its_queue() {
    let (promise, resolver) = Text::<u32>::with_resolvers();
    let event_loop = EventLoop::new();
    let resolver = event_loop
        .run_until_complete(async { resolver.into_threadsafe() })
        .unwrap();
    thread::spawn(move || resolver.resolve(1)).join().unwrap();
    event_loop.close();
    assert_eq!(crate::result(promise), Err(DROPPED.to_owned()));
}

#[test]
#[should_panic(expected = "no running event loop")]
fn without_a_loop() {
    let (_promise, resolver) = Text::<u32>::with_resolvers();
    let _ = resolver.into_threadsafe();
}

#[test]
fn a_thread_ends_with_resolvers_of_all_kinds() {
    thread_local! {
        static KEPT: RefCell<Vec<Box<dyn Any>>> = const { RefCell::new(Vec::new()) };
    }

    let ended = thread::spawn(|| {
        let (promise, resolver) = Text::<u32>::with_resolvers();
        let keep = |resolver: Resolver<u32, String>| KEPT.with_borrow_mut(|kept| kept.push(Box::new(resolver)));
        keep(resolver.clone());
        run(async move {
            let threadsafe = resolver.clone().into_threadsafe();
            KEPT.with_borrow_mut(|kept| kept.push(Box::new(threadsafe)));
            drop(promise.then(move |_| drop(resolver)));
        })
    });
    assert!(ended.join().unwrap().is_ok());
}
