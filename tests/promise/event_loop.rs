//! Promises on the event loop of this crate: a task that awaits is a reaction, in order with the callbacks. As in `order.rs`
//! the orders are those of Node.js, with `setTimeout(f)` for `spawn(f())` and for `call_soon(f)`.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use unawait::event_loop::{EventLoop, Report, RunError, run};
use unawait::prelude::*;
use unawait::promise::{Promise, queue_microtask};
use unawait::task::spawn;
use unawait::time::{sleep, timeout};

use crate::{DROPPED, Log, Text};

fn ticks(log: &Log, count: u32) {
    (1..=count).fold(Text::resolve(()), |chain, tick| chain.then(log.adder(tick)));
}

/// Runs the program, all that it spawns, and nothing longer.
#[track_caller]
fn puzzle(expected: &str, program: impl FnOnce(&Log)) {
    let log = Log::default();
    program(&log);
    let event_loop = EventLoop::with_virtual_time();
    event_loop.run_until_complete(sleep(Duration::from_secs(1))).unwrap();
    event_loop.close();
    assert_eq!(log.take(), expected);
}

/// As `puzzle`, where the program spawns.
#[track_caller]
fn tasks(expected: &str, program: impl FnOnce(Log) + 'static) {
    let log = Log::default();
    let inner = log.clone();
    let event_loop = EventLoop::with_virtual_time();
    let main = async move {
        program(inner);
        sleep(Duration::from_secs(1)).await;
    };
    event_loop.run_until_complete(main).unwrap();
    event_loop.close();
    assert_eq!(log.take(), expected);
}

#[coro]
async fn await_settled(log: Log) {
    ticks(&log, 4);
    log.add("start");
    Text::resolve(()).await.unwrap();
    log.add("after");
    Text::resolve(()).await.unwrap();
    log.add("end");
}

#[test]
fn an_await_lets_those_go_first_that_were_before() {
    tasks("start 1 after 2 end 3 4", |log| spawn(await_settled(log)).detach());
}

#[coro]
async fn await_and_log(promise: Text<()>, log: Log, name: &'static str) {
    promise.await.unwrap();
    log.add(name);
}

#[test]
fn tasks_and_callbacks_are_reactions_in_order() {
    tasks("settled first second third fourth", |log| {
        let event_loop = EventLoop::running();
        let (promise, resolver) = Text::with_resolvers();
        let callback = |name| {
            let (promise, log) = (promise.clone(), log.clone());
            event_loop.call_soon(move || drop(promise.then(log.adder(name))));
        };
        callback("first");
        spawn(await_and_log(promise.clone(), log.clone(), "second")).detach();
        callback("third");
        spawn(await_and_log(promise.clone(), log.clone(), "fourth")).detach();
        let log = log.clone();
        event_loop.call_soon(move || {
            resolver.resolve(());
            log.add("settled");
        });
    });
}

#[coro]
async fn ping(promise: Text<()>, log: Log) {
    promise.await.unwrap();
    log.add("a1");
    Text::resolve(()).await.unwrap();
    log.add("a2");
}

#[test]
fn a_task_takes_turns_with_a_chain() {
    tasks("a1 b1 a2 b2 b3", |log| {
        let (promise, resolver) = Text::with_resolvers();
        spawn(ping(promise.clone(), log.clone())).detach();
        EventLoop::running().call_soon(move || {
            let chain = promise.then(log.adder("b1")).then(log.adder("b2"));
            drop(chain.then(log.adder("b3")));
            resolver.resolve(());
        });
    });
}

#[coro]
async fn turns(go: Text<()>, name: &'static str, log: Log) {
    go.await.unwrap();
    for turn in 0..3 {
        log.add(format!("{name}{turn}"));
        Text::resolve(()).await.unwrap();
    }
}

#[test]
fn tasks_take_turns() {
    tasks("a0 b0 a1 b1 a2 b2", |log| {
        let (go, resolver) = Text::with_resolvers();
        for name in ["a", "b"] {
            spawn(turns(go.clone(), name, log.clone())).detach();
        }
        EventLoop::running().call_soon(move || _ = resolver.resolve(()));
    });
}

#[test]
fn microtasks_go_before_what_is_ready() {
    tasks("first microtask then second", |log| {
        let event_loop = EventLoop::running();
        let second = log.clone();
        event_loop.call_soon(move || {
            let microtask = log.clone();
            queue_microtask(move || microtask.add("microtask"));
            drop(Text::resolve(()).then(log.adder("then")));
            log.add("first");
        });
        event_loop.call_soon(move || second.add("second"));
    });
}

#[test]
fn a_task_settles_what_it_waits_for_next() {
    // One task is stepped inside of the microtasks that another one's step queued, a thousand deep if they were nested.
    let (mut last, first) = Text::with_resolvers();
    run(async move {
        for _ in 0..1000 {
            let (promise, resolver) = Text::with_resolvers();
            spawn(async move { resolver.resolve(last.await.unwrap() + 1) }).detach();
            last = promise;
        }
        sleep(Duration::from_millis(1)).await;
        first.resolve(0);
        assert_eq!(last.await, Ok(1000));
    })
    .unwrap();
}

#[test]
fn a_panic_of_a_callback_is_reported() {
    let log = Log::default();
    let handler = log.clone();
    let event_loop = EventLoop::new();
    event_loop.set_exception_handler(move |report| handler.add(report));
    let end = log.clone();
    let main = async move {
        queue_microtask(|| panic!("of a microtask"));
        let next = Text::resolve(()).then(end.adder("next,"));
        next.await.unwrap();
    };
    event_loop.run_until_complete(main).unwrap();
    assert_eq!(log.take(), "a callback panicked: of a microtask next,");
}

/// Runs the program, and gives the reasons that were reported.
fn unhandled(program: impl Future<Output = ()> + 'static) -> Vec<String> {
    let reasons = Rc::new(RefCell::new(Vec::new()));
    let event_loop = EventLoop::new();
    let handler = reasons.clone();
    event_loop.set_exception_handler(move |report| match report {
        Report::UnhandledRejection { reason, at } => {
            assert!(at.file().ends_with("event_loop.rs"));
            handler.borrow_mut().push(reason.clone());
        }
        other => panic!("{other}"),
    });
    event_loop.run_until_complete(program).unwrap();
    event_loop.close();
    reasons.take()
}

#[test]
fn rejections_that_nobody_handles_are_reported_when_the_loop_ends() {
    let reasons = unhandled(async {
        drop(Promise::<()>::reject("dropped"));
        let _held = Text::<()>::reject("held");
        drop(Text::<u32>::reject("of a chain").then(Ok).then(Ok));
        drop(Text::<u32>::reject("caught").catch(|_| Ok(0)));
        let _ = Text::<u32>::reject("awaited").await;
    });
    assert_eq!(reasons, ["\"dropped\"", "\"held\"", "\"of a chain\""]);
}

#[coro]
async fn waits_for_ever(promise: Text<u32>) {
    let _ = promise.await;
}

#[test]
fn what_the_end_breaks_is_not_reported() {
    let reasons = unhandled(async {
        let (promise, resolver) = Text::<u32>::with_resolvers();
        spawn(async move {
            let _resolver = resolver;
            sleep(Duration::from_secs(1000)).await;
        })
        .detach();
        spawn(waits_for_ever(promise.clone())).detach();
        drop(promise.then(Ok));
        sleep(Duration::from_millis(1)).await;
    });
    assert!(reasons.is_empty());
}

#[coro]
async fn waits_for_itself() {
    let (promise, _resolver) = Text::<u32>::with_resolvers();
    let _ = promise.await;
}

#[test]
fn what_a_cancelled_task_has_both_sides_of_is_not_reported() {
    let reasons = unhandled(async {
        assert!(timeout(Duration::from_millis(1), waits_for_itself()).await.is_err());
        let task = spawn(waits_for_itself());
        sleep(Duration::from_millis(1)).await;
        task.cancel();
        assert!(task.await.is_err());
        let promise = Text::<u32>::new(|resolver| {
            let later = move || _ = resolver.resolve(1);
            EventLoop::running()
                .call_later(Duration::from_secs(1000), later)
                .cancel();
        });
        drop(promise);
    });
    assert!(reasons.is_empty(), "{reasons:?}");
}

#[test]
fn callbacks_of_what_the_end_breaks_run_before_it_returns() {
    let log = Log::default();
    let inner = log.clone();
    run(async move {
        let (promise, resolver) = Text::<()>::with_resolvers();
        spawn(async move {
            let _resolver = resolver;
            sleep(Duration::from_secs(1000)).await;
        })
        .detach();
        drop(promise.catch(inner.adder("broken")));
        sleep(Duration::from_millis(1)).await;
        inner.add("end");
    })
    .unwrap();
    assert_eq!(log.take(), "end broken");
}

#[test]
fn a_promise_that_nobody_can_settle_is_a_deadlock_that_names_the_place() {
    let report = |result| match result {
        Err(RunError::Deadlock(deadlock)) => deadlock.to_string(),
        other => panic!("it should not return: {other:?}"),
    };
    // In a `#[coro]` function, the `.await`.
    let (promise, resolver) = Text::<u32>::with_resolvers();
    let text = report(run(waits_for_ever(promise)));
    assert!(text.contains("in `Promise` at tests/promise/event_loop.rs:"), "{text}");
    assert!(text.ends_with("`let _ = promise.await;`"), "{text}");
    drop(resolver);
    // In an `async` block, where the promise was made.
    let (promise, resolver) = Text::<u32>::with_resolvers();
    let line = line!() - 1;
    let text = report(run(async { _ = promise.await }));
    assert!(text.contains(&format!("event_loop.rs:{line}")), "{text}");
    drop(resolver);
}

#[test]
fn a_broken_promise_is_an_error_and_no_deadlock() {
    let (promise, resolver) = Text::<u32>::with_resolvers();
    let result = run(async move {
        spawn(async move {
            let _resolver = resolver;
            sleep(Duration::from_millis(1)).await;
        })
        .detach();
        promise.await
    });
    assert_eq!(result.unwrap(), Err(DROPPED.to_owned()));
}

#[test]
fn callbacks_before_the_loop_runs() {
    puzzle("1 2", |log| ticks(log, 2));
}

#[test]
fn a_task_that_awaits_is_cancelled() {
    tasks("cancelled callback", |log| {
        let (promise, resolver) = Text::with_resolvers();
        let task = spawn(await_and_log(promise.clone(), log.clone(), "never"));
        EventLoop::running().call_soon(move || {
            task.cancel();
            log.add("cancelled");
            drop(promise.then(log.adder("callback")));
            resolver.resolve(());
        });
    });
}

#[test]
fn combinators_of_promises_inside_a_task() {
    use futures::future::{Either, join_all, select};

    run(async {
        let joined = join_all((0..100).map(Text::resolve)).await;
        assert_eq!(joined.into_iter().sum::<Result<u32, _>>(), Ok(4950));
        let (never, _resolver) = Text::<u32>::with_resolvers();
        let Either::Right((result, _)) = select(never, Text::resolve(1)).await else {
            panic!("it is pending");
        };
        assert_eq!(result, Ok(1));
    })
    .unwrap();
}
