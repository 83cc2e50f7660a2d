//! Tasks: output, cancellation, panics.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use unawait::event_loop::{EventLoop, RunError, run};
use unawait::prelude::*;
use unawait::task::{Cancelled, spawn};
use unawait::time::sleep;

use super::order::Log;

/// Says its name when it drops.
struct Tracer(Log, &'static str);

impl Drop for Tracer {
    fn drop(&mut self) {
        self.0.say(format!("drop {}", self.1));
    }
}

#[coro]
async fn guarded(log: Log, seconds: u64) -> u32 {
    let _outer = Tracer(log.clone(), "outer");
    let _inner = Tracer(log.clone(), "inner");
    sleep(Duration::from_secs(seconds)).await;
    log.say("woke");
    7
}

#[test]
fn a_cancelled_task_drops_its_locals_at_its_await() -> Result<(), RunError> {
    let (event_loop, log) = (EventLoop::with_virtual_time(), Log::default());
    let other = log.clone();
    event_loop.run_until_complete(async move {
        let log = other;
        let mut task = spawn(guarded(log.clone(), 5));
        sleep(Duration::from_secs(1)).await;
        assert!(task.cancel());
        log.say("asked");
        assert_eq!((&mut task).await, Err(Cancelled));
        assert!(!task.cancel() && task.is_cancelled() && task.is_finished());
    })?;
    assert_eq!(log.take(), ["asked", "drop inner", "drop outer"]);
    assert_eq!(event_loop.time(), Duration::from_secs(1));
    Ok(())
}

#[test]
fn dropping_a_task_cancels_it_and_detaching_does_not() -> Result<(), RunError> {
    let (event_loop, log) = (EventLoop::with_virtual_time(), Log::default());
    let other = log.clone();
    event_loop.run_until_complete(async move {
        drop(spawn(guarded(other.clone(), 1)));
        spawn(guarded(other.clone(), 2)).detach();
        sleep(Duration::from_secs(3)).await;
    })?;
    // The first was never polled.
    assert_eq!(log.take(), ["woke", "drop inner", "drop outer"]);
    Ok(())
}

#[test]
fn a_panic_reaches_who_awaits_the_task() -> Result<(), RunError> {
    let caught = catch_unwind(|| run(async { spawn(async { panic!("in the task") }).await }));
    assert_eq!(*caught.unwrap_err().downcast::<&str>().unwrap(), "in the task");

    // A task that awaits it may catch it there; the loop goes on.
    let (event_loop, log) = (EventLoop::new(), Log::default());
    event_loop.set_exception_handler({
        let log = log.clone();
        move |report| log.say(report.to_string())
    });
    event_loop.run_until_complete(async {
        spawn(async { panic!("lost") }).named("careless").detach();
        sleep(Duration::ZERO).await;
        sleep(Duration::ZERO).await;
    })?;
    assert_eq!(log.take(), ["careless panicked, and nobody awaited it: lost"]);
    Ok(())
}

#[test]
fn a_panic_in_a_drop_does_not_end_the_loop() -> Result<(), RunError> {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("boom");
        }
    }
    let (event_loop, log) = (EventLoop::new(), Log::default());
    event_loop.set_exception_handler({
        let log = log.clone();
        move |report| log.say(report.to_string())
    });
    event_loop.run_until_complete(async {
        let task = spawn(async {
            let _bomb = Bomb;
            sleep(Duration::from_secs(1000)).await;
        });
        sleep(Duration::ZERO).await;
        task.cancel();
        assert_eq!(task.await, Err(Cancelled));
    })?;
    assert_eq!(log.take(), ["Task-2 panicked, and nobody awaited it: boom"]);
    Ok(())
}

#[test]
fn what_is_left_when_the_loop_ends_is_dropped() {
    let log = Log::default();
    let other = log.clone();
    run(async move {
        spawn(guarded(other, 1000)).detach();
        sleep(Duration::ZERO).await;
    })
    .unwrap();
    assert_eq!(log.take(), ["drop inner", "drop outer"]);
}

#[test]
fn slow_steps_are_reported_with_their_place() -> Result<(), RunError> {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    event_loop.set_debug(Some(Duration::from_millis(20)));
    event_loop.set_exception_handler({
        let log = log.clone();
        move |report| log.say(report.to_string())
    });
    event_loop.run_until_complete(async {
        let task = spawn(async {
            std::thread::sleep(Duration::from_millis(40));
            sleep(Duration::from_millis(1)).await;
        });
        task.named("blocker").await.unwrap();
    })?;
    // On a busy machine other steps may be reported too.
    let log: Vec<_> = log.take().into_iter().filter(|line| line.contains("blocker")).collect();
    assert!(
        log[0].contains("held up all others: blocker in `sleep` at tests/event_loop/tasks.rs:"),
        "{log:?}"
    );
    assert!(log[0].ends_with("`sleep(Duration::from_millis(1)).await;`"), "{log:?}");
    Ok(())
}

#[test]
fn a_caught_panic_leaves_the_loop_usable() {
    let event_loop = EventLoop::new();
    let run = || event_loop.run_until_complete(async { panic!("main") });
    let caught: Result<Result<(), RunError>, _> = catch_unwind(AssertUnwindSafe(run));
    assert!(caught.is_err());
    assert_eq!(event_loop.run_until_complete(async { 5 }).unwrap(), 5);
}

#[test]
fn what_the_loop_runs_for_may_borrow() -> Result<(), RunError> {
    let mut lines = vec![String::from("first")];
    let length = run(async {
        sleep(Duration::from_millis(1)).await;
        lines.push("second".into());
        lines.len()
    })?;
    assert_eq!((length, lines.len()), (2, 2));
    Ok(())
}

#[test]
fn the_main_future_drops_its_locals_when_the_loop_is_stopped() {
    let (event_loop, log) = (EventLoop::with_virtual_time(), Log::default());
    event_loop.call_later(Duration::from_secs(1), {
        let event_loop = event_loop.clone();
        move || event_loop.stop()
    });
    let result = event_loop.run_until_complete(guarded(log.clone(), 5));
    assert!(matches!(result, Err(RunError::Stopped)));
    assert_eq!(log.take(), ["drop inner", "drop outer"]);
}
