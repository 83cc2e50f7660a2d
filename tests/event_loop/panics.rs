//! Panics of all that is the user's: they reach who awaits, or are reported, and the loop goes on.

use std::panic::panic_any;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};
use std::time::Duration;

use unawait::event_loop::{EventLoop, RunError};
use unawait::promise::Promise;
use unawait::task::{Cancelled, spawn};
use unawait::time::sleep;

use super::order::Log;

struct Bomb(&'static str);

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("{}", self.0);
    }
}

/// A loop, and what it reports.
fn reporting() -> (EventLoop, Log) {
    let (event_loop, log) = (EventLoop::with_virtual_time(), Log::default());
    event_loop.set_exception_handler({
        let log = log.clone();
        move |report| log.say(report.to_string())
    });
    (event_loop, log)
}

#[test]
fn in_the_drop_of_an_output_that_nobody_wants() -> Result<(), RunError> {
    let (event_loop, log) = reporting();
    event_loop.run_until_complete(async {
        spawn(async { Bomb("output") }).named("detached").detach();
        sleep(Duration::from_secs(1)).await;
    })?;
    assert_eq!(log.take(), ["detached panicked, and nobody awaited it: output"]);
    Ok(())
}

#[test]
fn in_the_drop_of_what_a_task_panicked_with() -> Result<(), RunError> {
    let (event_loop, log) = reporting();
    event_loop.run_until_complete(async {
        spawn(async { panic_any(Bomb("payload")) }).named("detached").detach();
        sleep(Duration::from_secs(1)).await;
    })?;
    let log = log.take();
    assert_eq!(log[0], "detached panicked, and nobody awaited it: no message");
    Ok(())
}

#[test]
fn of_an_exception_handler() -> Result<(), RunError> {
    let (event_loop, log) = (EventLoop::with_virtual_time(), Log::default());
    event_loop.set_debug(Some(Duration::ZERO));
    event_loop.set_exception_handler({
        let log = log.clone();
        move |report| {
            log.say(format!("{report:?}").split(' ').next().unwrap());
            panic!("handler");
        }
    });
    event_loop.call_soon(|| panic!("callback"));
    event_loop.run_until_complete(async {
        spawn(async { panic!("task") }).detach();
        let bomb = spawn(async {
            let _bomb = Bomb("drop");
            sleep(Duration::from_secs(5)).await;
        });
        sleep(Duration::from_secs(1)).await;
        bomb.cancel();
        assert_eq!(bomb.await, Err(Cancelled));
    })?;
    let log = log.take();
    assert_eq!(log.iter().filter(|kind| *kind == "TaskPanicked").count(), 2);
    assert_eq!(log.iter().filter(|kind| *kind == "CallbackPanicked").count(), 1);
    assert!(log.iter().any(|kind| kind == "SlowStep"));
    Ok(())
}

/// A waker of another executor that panics.
struct Panics;

impl Wake for Panics {
    fn wake(self: Arc<Self>) {
        panic!("waker");
    }
}

#[test]
fn of_a_waker() -> Result<(), RunError> {
    let (event_loop, log) = reporting();
    let waker = Waker::from(Arc::new(Panics));
    let mut context = Context::from_waker(&waker);
    let (promise, resolver) = Promise::<(), String>::with_resolvers();
    event_loop.run_until_complete(async {
        let mut slept = pin!(sleep(Duration::from_secs(1)));
        assert!(slept.as_mut().poll(&mut context).is_pending());
        let mut promise = pin!(promise);
        assert!(promise.as_mut().poll(&mut context).is_pending());
        let mut task = pin!(spawn(sleep(Duration::from_secs(2))));
        assert!(task.as_mut().poll(&mut context).is_pending());
        resolver.resolve(());
        sleep(Duration::from_secs(3)).await;
        assert!(task.is_finished());
        spawn(async {}).await.unwrap();
    })?;
    let log = log.take();
    assert_eq!(log.len(), 3, "{log:?}");
    assert!(log.iter().all(|report| report.ends_with("waker")), "{log:?}");
    Ok(())
}

#[test]
fn in_debug_mode() -> Result<(), RunError> {
    let (event_loop, log) = reporting();
    event_loop.set_debug(Some(Duration::from_millis(5)));
    event_loop.run_until_complete(async {
        spawn(async {
            std::thread::sleep(Duration::from_millis(20));
            panic!("slow");
        })
        .named("slow")
        .detach();
        sleep(Duration::from_secs(1)).await;
    })?;
    // On a busy machine other steps may be reported too.
    let log: Vec<_> = log.take().into_iter().filter(|line| line.contains("slow")).collect();
    assert!(log[0].contains("held up all others: slow, spawned at"), "{log:?}");
    assert_eq!(log[1..], ["slow panicked, and nobody awaited it: slow"]);
    Ok(())
}

#[test]
fn in_a_microtask() -> Result<(), RunError> {
    let (event_loop, log) = reporting();
    event_loop.run_until_complete(async {
        let broken = Promise::<u32>::resolve(1).then(|_| -> Result<u32, _> { panic!("microtask") });
        assert!(broken.await.is_err());
    })?;
    assert_eq!(log.take(), ["a callback panicked: microtask"]);
    Ok(())
}
