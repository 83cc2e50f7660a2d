//! What is dropped when, and that nothing is kept.

use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;
use std::thread;

use unawait::promise::{Promise, Resolver, queue_microtask};

use crate::{Counted, Log, Text, poll, result, run_microtasks};

/// Adds an entry when it is dropped.
struct Dropped(Log, &'static str);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.add(format!("drop:{}", self.1));
    }
}

#[test]
fn each_callback_is_dropped_before_the_next_one_runs() {
    let log = Log::default();
    let (promise, resolver) = Text::with_resolvers();
    for name in ["a", "b"] {
        let dropped = Dropped(log.clone(), name);
        promise.clone().then(move |()| dropped.0.add(dropped.1));
    }
    resolver.resolve(());
    run_microtasks();
    assert_eq!(log.take(), "a drop:a b drop:b");
}

#[test]
fn a_callback_that_is_passed_by_is_dropped_in_its_turn() {
    let log = Log::default();
    let (promise, resolver) = Text::<()>::with_resolvers();
    let skipped = Dropped(log.clone(), "then");
    promise.clone().then(move |()| skipped.0.add("never"));
    let called = Dropped(log.clone(), "catch");
    promise.catch(move |_| called.0.add("catch"));
    resolver.reject("");
    assert_eq!(log.take(), "");
    run_microtasks();
    assert_eq!(log.take(), "drop:then catch drop:catch");
}

#[test]
fn a_result_goes_with_the_last_handle() {
    let log = Log::default();
    let (promise, resolver) = Promise::<_>::with_resolvers();
    resolver.resolve(Dropped(log.clone(), "value"));
    drop(promise);
    assert_eq!(log.take(), "drop:value");
    assert!(!resolver.resolve(Dropped(log.clone(), "second")));
    assert_eq!(log.take(), "drop:second");
}

#[test]
fn a_result_that_comes_after_the_last_handle_is_dropped_at_once() {
    let log = Log::default();
    let (promise, resolver) = Promise::<_>::with_resolvers();
    drop(promise);
    resolver.resolve(Dropped(log.clone(), "value"));
    assert_eq!(log.take(), "drop:value");
}

#[test]
fn values_are_cloned_but_for_the_last_reader() {
    let count = Rc::new(Cell::new(0));
    let promise = Text::resolve(Counted::new(&count));
    let first = promise.clone();
    let second = promise.clone();
    assert_eq!(count.get(), 1);
    let value = result(promise).unwrap();
    assert_eq!(count.get(), 2);
    drop(first);
    assert_eq!(count.get(), 2);
    let last = result(second).unwrap();
    assert_eq!(count.get(), 2);
    drop((value, last));
    assert_eq!(count.get(), 0);
}

/// Runs the program with something that counts, and checks that nothing of it is left.
#[track_caller]
fn leaves_nothing(program: impl FnOnce(Counted)) {
    let count = Rc::new(Cell::new(0));
    program(Counted::new(&count));
    run_microtasks();
    assert_eq!(count.get(), 0);
}

#[test]
fn callbacks_of_a_broken_promise() {
    leaves_nothing(|counted| {
        let (promise, resolver) = Text::<()>::with_resolvers();
        drop(promise.then(move |()| drop(counted)));
        drop(resolver);
    });
}

#[test]
fn a_value_that_nobody_reads() {
    leaves_nothing(|counted| drop(Promise::<_>::resolve(counted)));
    leaves_nothing(|counted| {
        let promise = Promise::<_>::resolve(counted);
        drop(promise.then(Ok).then(Ok));
    });
}

#[test]
fn a_promise_with_its_resolver_in_its_own_value() {
    leaves_nothing(|counted| {
        let (promise, resolver) = Text::<(Counted, Box<dyn Any>)>::with_resolvers();
        resolver.resolve((counted, Box::new(resolver.clone())));
        drop(promise);
    });
}

#[test]
fn a_promise_that_its_own_callback_holds() {
    leaves_nothing(|counted| {
        let (promise, resolver) = Text::with_resolvers();
        let itself = promise.clone();
        drop(promise.then(move |()| drop((counted, itself))));
        resolver.resolve(());
    });
    leaves_nothing(|counted| {
        let (promise, resolver) = Text::<()>::with_resolvers();
        let itself = promise.clone();
        drop(promise.then(move |()| drop((counted, itself))));
        drop(resolver);
    });
}

#[test]
fn promises_that_adopt_one_another() {
    leaves_nothing(|counted| {
        let (first, first_resolver) = Text::<Counted>::with_resolvers();
        let (second, second_resolver) = Text::with_resolvers();
        first_resolver.adopt(second.clone());
        second_resolver.adopt(first.clone());
        drop(first.then(move |_| drop(counted)));
        drop(second);
    });
}

#[test]
fn the_losers_of_a_race() {
    leaves_nothing(|counted| {
        let (late, resolver) = Text::with_resolvers();
        let race = Promise::race([late, Promise::resolve(counted.clone())]);
        drop(result(race).unwrap());
        resolver.resolve(counted);
    });
}

#[test]
fn what_all_has_collected_before_it_is_rejected() {
    leaves_nothing(|counted| {
        let (broken, resolver) = Text::<Counted>::with_resolvers();
        let all = Promise::all([Promise::resolve(counted), broken]);
        drop(resolver);
        assert!(result(all).is_err());
    });
}

#[test]
fn a_callback_that_panics() {
    leaves_nothing(|counted| {
        let promise = Text::resolve(()).then(move |()| -> Result<(), String> {
            let _counted = counted;
            panic!("of a callback")
        });
        assert!(result(promise).is_err());
    });
}

#[test]
fn an_await_that_is_cancelled() {
    leaves_nothing(|counted| {
        let (mut promise, resolver) = Text::with_resolvers();
        for _ in 0..3 {
            assert!(poll(&mut promise.clone()).is_pending());
        }
        assert!(poll(&mut promise).is_pending());
        drop(promise);
        resolver.resolve(counted);
    });
}

#[test]
fn a_thread_that_ends_with_microtasks() {
    thread_local! {
        static KEPT: Cell<Option<Resolver<u32, String>>> = const { Cell::new(None) };
    }

    let ended = thread::spawn(|| {
        // Dropped after the thread's microtasks, or before them.
        let (promise, resolver) = Text::with_resolvers();
        KEPT.set(Some(resolver));
        drop(promise.then(Ok));
        let (promise, resolver) = Text::<u32>::with_resolvers();
        let then = promise.then(Ok);
        queue_microtask(move || drop((resolver, then)));
        drop(Text::<u32>::reject("nobody reads this"));
    });
    assert!(ended.join().is_ok());
}
