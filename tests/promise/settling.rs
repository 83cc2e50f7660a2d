//! Settled once; broken by the drop of the last resolver.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use unawait::promise::{BrokenPromise, Promise, Reason, queue_microtask};

use crate::{DROPPED, Log, PANICKED, Text, poll, result, run_microtasks};

#[test]
fn the_first_settlement_counts() {
    let (promise, resolver) = Text::with_resolvers();
    assert!(resolver.resolve(1));
    assert!(!resolver.resolve(2));
    assert!(!resolver.reject("no"));
    assert!(!resolver.settle(Ok(3)));
    assert!(!resolver.adopt(Promise::resolve(4)));
    assert_eq!(result(promise), Ok(1));
    assert!(!resolver.resolve(5));

    let (promise, resolver) = Text::<u32>::with_resolvers();
    assert!(resolver.reject("no"));
    assert!(!resolver.resolve(1));
    assert_eq!(result(promise), Err("no".to_owned()));
}

#[test]
fn a_clone_of_a_resolver_settles_the_same_promise() {
    let (promise, resolver) = Text::with_resolvers();
    let other = resolver.clone();
    assert!(other.resolve(1));
    assert!(!resolver.resolve(2));
    assert_eq!(result(promise), Ok(1));
}

#[test]
fn the_executor_runs_at_once() {
    let log = Log::default();
    let promise = Text::new(|resolver| {
        log.add("executor");
        resolver.resolve(1);
    });
    log.add("after");
    assert_eq!(log.take(), "executor after");
    assert_eq!(result(promise), Ok(1));
}

#[test]
fn the_executor_may_keep_the_resolver() {
    let promise = Text::new(|resolver| queue_microtask(move || _ = resolver.resolve(1)));
    assert!(!promise.is_settled());
    assert_eq!(result(promise), Ok(1));
}

#[test]
fn a_panic_of_the_executor_is_the_callers() {
    let panic = catch_unwind(|| Text::<u32>::new(|_| panic!("no executor")));
    assert_eq!(*panic.unwrap_err().downcast::<&str>().unwrap(), "no executor");
}

#[test]
fn the_last_resolver_dropped_breaks_the_promise() {
    let (promise, resolver) = Text::<u32>::with_resolvers();
    let other = resolver.clone();
    drop(resolver);
    assert!(!promise.is_settled());
    drop(other);
    assert!(promise.is_settled());
    assert_eq!(result(promise), Err(DROPPED.to_owned()));
}

#[test]
fn a_settled_promise_is_not_broken() {
    let (promise, resolver) = Text::with_resolvers();
    resolver.resolve(1);
    drop(resolver);
    assert_eq!(result(promise), Ok(1));
}

#[test]
fn a_promise_of_an_executor_that_does_nothing_is_broken() {
    assert_eq!(result(Text::<u32>::new(drop)), Err(DROPPED.to_owned()));
}

#[test]
fn a_panic_that_drops_the_resolver_is_told() {
    let (promise, resolver) = Text::<u32>::with_resolvers();
    let panic = catch_unwind(AssertUnwindSafe(move || {
        let _resolver = resolver;
        panic!("while working");
    }));
    assert!(panic.is_err());
    assert_eq!(result(promise), Err(PANICKED.to_owned()));
}

#[test]
fn broken_promises_are_reasons() {
    let reason = result(Promise::<u32>::new(drop)).unwrap_err();
    assert!(reason.is::<BrokenPromise>());
    let reason = result(Promise::<u32, BrokenPromise>::new(drop)).unwrap_err();
    assert_eq!(reason.to_string(), DROPPED);
}

#[test]
fn reasons_are_converted() {
    #[derive(Debug)]
    struct Busy;
    impl From<Busy> for Reason {
        fn from(_: Busy) -> Reason {
            "busy".into()
        }
    }

    let texts = [
        Promise::<u32>::reject("text"),
        Promise::reject("owned".to_owned()),
        Promise::reject(Busy),
        Promise::reject("x".parse::<u32>().unwrap_err()),
    ]
    .map(|promise| result(promise).unwrap_err().to_string());
    assert_eq!(texts, ["text", "owned", "busy", "invalid digit found in string"]);
}

#[test]
fn settling_runs_nothing() {
    let log = Log::default();
    let (promise, resolver) = Text::with_resolvers();
    promise.then(log.adder("reaction"));
    resolver.resolve(());
    log.add("resolved");
    run_microtasks();
    assert_eq!(log.take(), "resolved reaction");
}

#[test]
fn a_promise_is_settled_though_nobody_is_there_to_see() {
    let (promise, resolver) = Text::with_resolvers();
    drop(promise);
    assert!(resolver.resolve(1));
    assert!(!resolver.resolve(2));
}

#[test]
fn what_a_promise_looks_like() {
    let (mut promise, resolver) = Text::with_resolvers();
    assert_eq!(format!("{promise:?}"), "Promise(pending)");
    resolver.resolve(1);
    assert_eq!(format!("{promise:?}"), "Promise(fulfilled: 1)");
    assert!(poll(&mut promise).is_ready());
    assert_eq!(format!("{promise:?}"), "Promise(taken)");
    assert_eq!(format!("{:?}", Text::<u32>::reject("no")), "Promise(rejected: \"no\")");
    assert_eq!(format!("{resolver:?}"), "Resolver { .. }");
}

#[test]
fn the_value_of_a_promise_may_reject_others_when_it_is_dropped() {
    struct Breaks(Rc<Cell<bool>>, Option<Text<u32>>);
    impl Drop for Breaks {
        fn drop(&mut self) {
            self.0.set(self.1.take().is_some_and(|promise| promise.is_settled()));
        }
    }

    let dropped = Rc::new(Cell::new(false));
    let (inner, resolver) = Text::with_resolvers();
    let (outer, outer_resolver) = Text::with_resolvers();
    outer_resolver.resolve((Breaks(dropped.clone(), Some(inner)), resolver.clone()));
    resolver.resolve(1);
    drop(outer);
    assert!(dropped.get());
}
