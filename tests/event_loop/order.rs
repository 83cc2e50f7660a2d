//! What is done in which pass.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use unawait::event_loop::{EventLoop, RunError};
use unawait::prelude::*;
use unawait::task::spawn;
use unawait::time::sleep;

/// What happened, in order.
#[derive(Clone, Default)]
pub struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    pub fn say(&self, what: impl Into<String>) {
        self.0.borrow_mut().push(what.into());
    }

    pub fn take(&self) -> Vec<String> {
        self.0.take()
    }
}

#[test]
fn callbacks_run_in_the_order_in_which_they_were_given() -> Result<(), RunError> {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    for name in ["a", "b", "c"] {
        let log = log.clone();
        event_loop.call_soon(move || log.say(name));
    }
    event_loop.run_once()?;
    assert_eq!(log.take(), ["a", "b", "c"]);
    Ok(())
}

#[test]
fn what_becomes_ready_in_a_pass_waits_for_the_next() -> Result<(), RunError> {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    event_loop.call_soon({
        let (event_loop, log) = (event_loop.clone(), log.clone());
        move || {
            log.say("first");
            event_loop.call_soon(move || log.say("second"));
        }
    });
    event_loop.run_once()?;
    assert_eq!(log.take(), ["first"]);
    event_loop.run_once()?;
    assert_eq!(log.take(), ["second"]);
    Ok(())
}

#[test]
fn a_cancelled_callback_is_not_called() -> Result<(), RunError> {
    let (event_loop, log) = (EventLoop::with_virtual_time(), Log::default());
    let say = |what: &'static str| {
        let log = log.clone();
        move || log.say(what)
    };
    let soon = event_loop.call_soon(say("soon"));
    let later = event_loop.call_later(Duration::from_secs(1), say("later"));
    event_loop.call_later(Duration::from_secs(2), say("kept"));
    assert!(soon.cancel() && later.cancel());
    assert!(!soon.cancel() && !later.cancel());
    event_loop.run_until_complete(sleep(Duration::from_secs(3)))?;
    assert_eq!(log.take(), ["kept"]);
    Ok(())
}

#[coro]
async fn say_at(log: Log, seconds: u64) {
    sleep(Duration::from_secs(seconds)).await;
    log.say(seconds.to_string());
}

#[test]
fn timers_ring_in_order_of_time_and_equal_ones_in_order_of_setting() -> Result<(), RunError> {
    let (event_loop, log) = (EventLoop::with_virtual_time(), Log::default());
    let tasks: Vec<_> = [3, 1, 2, 1]
        .map(|seconds| event_loop.spawn(say_at(log.clone(), seconds)))
        .into();
    for name in ["x", "y"] {
        let log = log.clone();
        event_loop.call_at(Duration::from_secs(2), move || log.say(name));
    }
    event_loop.run_until_complete(async move {
        for task in tasks {
            task.await.unwrap();
        }
    })?;
    // The tasks set theirs in the first pass, after those of the callbacks.
    assert_eq!(log.take(), ["1", "1", "x", "y", "2", "3"]);
    assert_eq!(event_loop.time(), Duration::from_secs(3));
    Ok(())
}

#[test]
fn stop_ends_the_pass_first() -> Result<(), RunError> {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    for name in ["a", "b"] {
        let (event_loop, log) = (event_loop.clone(), log.clone());
        event_loop.clone().call_soon(move || {
            event_loop.stop();
            log.say(name);
        });
    }
    event_loop.run_forever()?;
    assert_eq!(log.take(), ["a", "b"]);
    assert!(matches!(
        event_loop.run_until_complete({
            let event_loop = event_loop.clone();
            async move {
                event_loop.stop();
                sleep(Duration::from_secs(1000)).await;
            }
        }),
        Err(RunError::Stopped)
    ));
    Ok(())
}

#[test]
#[should_panic(expected = "an event loop is running on this thread already")]
fn a_loop_does_not_run_within_another() {
    let event_loop = EventLoop::new();
    let _ = event_loop.run_until_complete(async { EventLoop::new().run_once() });
}

#[test]
fn another_thread_reaches_the_loop() -> Result<(), RunError> {
    let event_loop = EventLoop::new();
    let remote = event_loop.remote();
    let thread = std::thread::spawn(move || {
        let (sender, receiver) = std::sync::mpsc::channel();
        for n in 0..1000 {
            let (sender, remote) = (sender.clone(), remote.clone());
            remote.call_soon_threadsafe(move || sender.send(n).unwrap());
        }
        drop(sender);
        let seen: Vec<u32> = receiver.iter().collect();
        remote.stop();
        seen
    });
    event_loop.run_forever()?;
    assert!(thread.join().unwrap().into_iter().eq(0..1000));
    Ok(())
}

#[test]
fn a_callback_that_panics_is_reported_and_the_others_run() -> Result<(), RunError> {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    event_loop.set_exception_handler({
        let log = log.clone();
        move |report| log.say(report.to_string())
    });
    event_loop.call_soon(|| panic!("oh"));
    event_loop.call_soon({
        let log = log.clone();
        move || log.say("next")
    });
    event_loop.run_once()?;
    assert_eq!(log.take(), ["a callback panicked: oh", "next"]);
    Ok(())
}

#[test]
fn a_task_spawned_begins_in_the_next_pass() -> Result<(), RunError> {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let inner = log.clone();
    event_loop.run_until_complete(async move {
        let say = inner.clone();
        let task = spawn(async move { say.say("task") });
        inner.say("main");
        task.await.unwrap();
    })?;
    assert_eq!(log.take(), ["main", "task"]);
    Ok(())
}
