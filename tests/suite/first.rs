//! The first input: dropped, or bound by `#[coro(first = name)]`.

use unawait::prelude::*;

use crate::harness::{D, log, panic_of, take_log};

#[coro(first = n)]
fn doubles() -> impl Coroutine<u32, Yield = u32, Return = String> {
    let mut n = n;
    while n < 100 {
        n = yield_!(n * 2);
    }
    format!("{n}")
}

#[coro(first = d)]
fn guard(_argument: D) -> impl Coroutine<D, Yield = usize, Return = D> {
    let _local = D("local");
    log(d.name());
    let e = yield_!(d.name().len());
    log(e.name());
    d
}

#[coro(first = _d)]
fn unused_first() -> impl Coroutine<D, Yield = usize, Return = ()> {
    let _local = D("local");
    yield_!(1);
}

#[coro(first = state)]
fn awkward_name() -> impl Coroutine<u8, Yield = u8, Return = u8> {
    let input = yield_!(state);
    state + input
}

#[coro(crate = unawait, first = n,)]
fn with_a_path() -> impl Coroutine<u8, Yield = u8, Return = ()> {
    yield_!(n);
}

#[coro(first = text)]
fn borrowed<'a>(prefix: &'a str) -> impl Coroutine<&'a str, Yield = usize, Return = Vec<&'a str>> {
    let more = yield_!(text.len());
    vec![prefix, text, more]
}

#[allow(unused_variables, reason = "the argument is hidden")]
#[coro(first = n)]
fn shadowed(n: u8) -> impl Coroutine<u8, Yield = u8, Return = ()> {
    yield_!(n);
}

#[coro]
fn dropped() -> impl Coroutine<D, Yield = u8, Return = D> {
    log("started");
    yield_!(1)
}

#[test]
fn is_bound() {
    let mut machine = doubles();
    assert_eq!(machine.resume(4), CoroutineState::Yielded(8));
    assert_eq!(machine.resume(50), CoroutineState::Yielded(100));
    assert_eq!(machine.resume(100), CoroutineState::Complete("100".to_owned()));
    assert_eq!(doubles().resume(200), CoroutineState::Complete("200".to_owned()));
}

#[test]
fn names() {
    let mut machine = awkward_name();
    assert_eq!(machine.resume(4), CoroutineState::Yielded(4));
    assert_eq!(machine.resume(5), CoroutineState::Complete(9));
    assert_eq!(with_a_path().resume(7), CoroutineState::Yielded(7));
    assert_eq!(shadowed(1).resume(2), CoroutineState::Yielded(2));
    let mut machine = borrowed("a");
    assert_eq!(machine.resume("bc"), CoroutineState::Yielded(2));
    assert_eq!(machine.resume("d"), CoroutineState::Complete(vec!["a", "bc", "d"]));
}

/// It is a local of the body, declared after the arguments and before all others.
#[test]
fn is_dropped_as_a_local() {
    take_log();
    let mut machine = guard(D("argument"));
    assert_eq!(machine.resume(D("first")), CoroutineState::Yielded(5));
    drop(machine);
    assert_eq!(take_log(), ["first", "drop local", "drop first", "drop argument"]);
    let mut machine = guard(D("argument"));
    machine.resume(D("first"));
    drop(machine.resume(D("second")));
    assert_eq!(
        take_log(),
        [
            "first",
            "second",
            "drop second",
            "drop local",
            "drop argument",
            "drop first"
        ]
    );
    let mut machine = unused_first();
    machine.resume(D("first"));
    log("suspended");
    machine.resume(D("second"));
    assert_eq!(take_log(), ["suspended", "drop second", "drop local", "drop first"]);
}

#[test]
fn start_has_none_to_bind() {
    assert!(panic_of(|| doubles().start()).contains("input"));
}

#[test]
fn is_dropped_if_unnamed() {
    take_log();
    let mut machine = dropped();
    assert_eq!(machine.resume(D("first")), CoroutineState::Yielded(1));
    let mut entries = take_log();
    entries.sort();
    assert_eq!(entries, ["drop first", "started"]);
    assert_eq!(machine.resume(D("second")), CoroutineState::Complete(D("second")));
}
