//! What is a deadlock, and what only looks like one.

use std::future::{pending, poll_fn};
use std::rc::Rc;
use std::task::Poll;
use std::thread;
use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use unawait::event_loop::{Deadlock, EventLoop, RunError, run};
use unawait::prelude::*;
use unawait::promise::{Promise, Reason, Resolver};
use unawait::sync::{Event, Lock, Queue};
use unawait::task::{Task, gather, spawn, spawn_blocking, task_group};
use unawait::time::{sleep, timeout};

/// The deadlock that a program ends in.
#[track_caller]
fn deadlock<T: std::fmt::Debug>(result: Result<T, RunError>) -> Deadlock {
    match result {
        Err(RunError::Deadlock(deadlock)) => deadlock,
        other => panic!("no deadlock: {other:?}"),
    }
}

fn lines(deadlock: &Deadlock) -> Vec<String> {
    deadlock
        .to_string()
        .lines()
        .skip(1)
        .map(|line| line.trim().to_owned())
        .collect()
}

#[coro]
async fn waits_for_an_event(event: Rc<Event>) {
    event.wait().await;
}

#[coro]
async fn gets(queue: Queue<u32>) -> u32 {
    let mut sum = 0;
    while let Ok(n) = queue.get().await {
        sum += n;
    }
    sum
}

#[test]
fn places_in_machines_are_those_of_the_user() {
    let result = run(async {
        let queue = Queue::unbounded();
        let getter = spawn(gets(queue.clone())).named("getter");
        let event = Rc::new(Event::new());
        let setter = spawn(waits_for_an_event(event.clone())).named("setter");
        gather((getter, setter)).await.0.unwrap();
        event.set();
    });
    let lines = lines(&deadlock(result));
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(
        lines[1].starts_with("getter in `Queue::get` at tests/event_loop/stuck.rs:"),
        "{lines:?}"
    );
    assert!(
        lines[1].ends_with("`while let Ok(n) = queue.get().await {`"),
        "{lines:?}"
    );
    assert!(
        lines[2].starts_with("setter in `Event::wait` at tests/event_loop/stuck.rs:"),
        "{lines:?}"
    );
    assert!(lines[2].ends_with("`event.wait().await;`"), "{lines:?}");
}

#[coro]
async fn settles_after(other: Promise<u32>, resolver: Resolver<u32, Reason>) -> Result<(), Reason> {
    resolver.resolve(other.await?);
    Ok(())
}

#[test]
fn promises_whose_resolvers_wait_for_each_other() {
    let result = run(async {
        let (first, resolve_first) = Promise::<u32>::with_resolvers();
        let (second, resolve_second) = Promise::<u32>::with_resolvers();
        let one = spawn(settles_after(second, resolve_first)).named("one");
        let two = spawn(settles_after(first, resolve_second)).named("two");
        gather((one, two)).await.0.unwrap().unwrap();
    });
    let lines = lines(&deadlock(result));
    assert!(
        lines[1].contains("one in `Promise` at tests/event_loop/stuck.rs:"),
        "{lines:?}"
    );
    assert!(
        lines[2].contains("two in `Promise` at tests/event_loop/stuck.rs:"),
        "{lines:?}"
    );
}

#[test]
fn a_lock_that_is_taken_twice() {
    let lock = Lock::new(());
    let result = run(async {
        let _first = lock.lock().await;
        let _second = lock.lock().await;
    });
    assert_eq!(lines(&deadlock(result)).len(), 1);
}

#[test]
fn who_waits_for_nothing_is_shown_by_where_it_was_made() {
    let line = line!() + 1;
    let result = run(pending::<()>());
    let text = lines(&deadlock(result)).remove(0);
    let place = format!("main, spawned at tests/event_loop/stuck.rs:{line}:");
    assert!(text.starts_with(&place), "{text}");
    let result = run(async {
        gather(vec![pending::<()>()]).await;
    });
    let lines = lines(&deadlock(result));
    assert!(
        lines[1].starts_with("Task-2, spawned at tests/event_loop/stuck.rs:"),
        "{lines:?}"
    );
}

#[test]
fn a_group_and_a_gathering_are_found_too() {
    let event = Event::new();
    let result = run(gather((
        task_group::<(), (), _, _>(async |group| {
            group.spawn(pending());
            Ok(())
        }),
        event.wait(),
    )));
    let lines = lines(&deadlock(result));
    assert!(
        lines[0].contains("in `task_group` at tests") && lines[0].contains("and in `Event::wait` at"),
        "{lines:?}"
    );
}

#[test]
fn a_timer_that_was_cancelled_keeps_nobody_waiting() {
    let event_loop = EventLoop::new();
    let handle = event_loop.call_later(Duration::from_secs(60), || {});
    let result = event_loop.run_until_complete(async {
        assert_eq!(timeout(Duration::from_secs(60), async { 1 }).await, Ok(1));
        assert!(timeout(Duration::from_millis(1), pending::<()>()).await.is_err());
        handle.cancel();
        pending::<()>().await;
    });
    deadlock(result);
}

#[test]
fn a_job_that_has_ended_keeps_nobody_waiting() {
    deadlock(run(async {
        let _job = spawn_blocking(|| ());
        pending::<()>().await;
    }));
}

#[test]
fn wakers_that_others_hold_are_no_deadlock() -> Result<(), RunError> {
    let (sender, receiver) = futures::channel::oneshot::channel::<u32>();
    let (smol, smol_receiver) = smol::channel::unbounded::<u32>();
    let (tokio, mut tokio_receiver) = tokio::sync::mpsc::channel::<u32>(1);
    let thread = thread::spawn(move || {
        thread::sleep(Duration::from_millis(10));
        smol.send_blocking(1).unwrap();
        thread::sleep(Duration::from_millis(10));
        tokio.blocking_send(2).unwrap();
        thread::sleep(Duration::from_millis(10));
        sender.send(3).unwrap();
    });
    let sum = run(async {
        let inner: Task<u32> = spawn(async move { receiver.await.unwrap() });
        let first = async { smol_receiver.recv().await.unwrap() };
        let second = async { tokio_receiver.recv().await.unwrap() };
        let (first, second) = futures::join!(first, second);
        let mut third: FuturesUnordered<_> = [inner].into_iter().collect();
        first + second + third.next().await.unwrap().unwrap()
    })?;
    assert_eq!(sum, 6);
    thread.join().unwrap();
    Ok(())
}

#[test]
fn selecting_and_joining_leave_no_false_alarm_and_no_false_peace() -> Result<(), RunError> {
    let event_loop = EventLoop::new();
    let queue = Queue::<u32>::unbounded();
    let event = Event::new();
    event_loop.run_until_complete(async {
        futures::select! {
            _ = futures::FutureExt::fuse(queue.get()) => unreachable!("nobody fills it"),
            () = futures::FutureExt::fuse(sleep(Duration::from_millis(5))) => {}
        }
        // What lost is no longer listed below.
    })?;
    let result = event_loop.run_until_complete(async { futures::join!(event.wait(), event.wait()) });
    let lines = lines(&deadlock(result));
    assert_eq!(lines[0].matches("`Event::wait`").count(), 2, "{lines:?}");
    assert_eq!(lines[0].matches("`Queue::get`").count(), 0, "{lines:?}");
    Ok(())
}

#[test]
fn who_wakes_itself_is_never_stuck() -> Result<(), RunError> {
    let mut left = 1000;
    run(poll_fn(|context| {
        left -= 1;
        context.waker().wake_by_ref();
        if left == 0 { Poll::Ready(()) } else { Poll::Pending }
    }))
}
