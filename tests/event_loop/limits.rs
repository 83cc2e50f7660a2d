//! Extreme durations, and those of no length.

use std::cell::Cell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use unawait::event_loop::{EventLoop, RunError};
use unawait::task::{gather, spawn, spawn_blocking};
use unawait::time::{TimeoutError, interval, sleep, timeout};

use super::order::Log;

fn loops() -> [EventLoop; 2] {
    [EventLoop::new(), EventLoop::with_virtual_time()]
}

#[test]
fn a_sleep_for_ever_is_no_error() -> Result<(), RunError> {
    let event_loop = EventLoop::new();
    let remote = event_loop.remote();
    let thread = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(20));
        remote.stop();
    });
    let handle = event_loop.call_later(Duration::MAX, || {});
    assert_eq!(handle.when(), Some(Duration::MAX));
    let result = event_loop.run_until_complete(sleep(Duration::MAX));
    assert!(matches!(result, Err(RunError::Stopped)), "{result:?}");
    thread.join().unwrap();
    Ok(())
}

#[test]
fn virtual_time_has_an_end() -> Result<(), RunError> {
    let event_loop = EventLoop::with_virtual_time();
    event_loop.run_until_complete(async {
        sleep(Duration::from_secs(1)).await;
        sleep(Duration::MAX).await;
        sleep(Duration::from_secs(1)).await;
        assert_eq!(timeout(Duration::MAX, async { 1 }).await, Ok(1));
        assert_eq!(interval(Duration::MAX).tick().await, Duration::MAX);
    })?;
    assert_eq!(event_loop.time(), Duration::MAX);
    Ok(())
}

#[test]
fn an_interval_of_any_period_can_be_started() -> Result<(), RunError> {
    for event_loop in loops() {
        event_loop.run_until_complete(async {
            sleep(Duration::from_millis(1)).await;
            let mut forever = interval(Duration::MAX);
            assert_eq!(
                timeout(Duration::from_millis(1), forever.tick()).await,
                Err(TimeoutError)
            );
        })?;
    }
    Ok(())
}

#[test]
fn all_missed_ticks_are_left_out_however_many() -> Result<(), RunError> {
    EventLoop::with_virtual_time().run_until_complete(async {
        let mut nanos = interval(Duration::from_nanos(1));
        nanos.tick().await;
        sleep(Duration::from_secs(60)).await;
        assert_eq!(nanos.tick().await, Duration::from_secs(60) + Duration::from_nanos(1));
    })
}

#[test]
fn a_limit_of_zero_polls_once() -> Result<(), RunError> {
    for event_loop in loops() {
        let polls = Cell::new(0);
        let never = poll_fn(|_| {
            polls.set(polls.get() + 1);
            Poll::<()>::Pending
        });
        assert_eq!(
            event_loop.run_until_complete(timeout(Duration::ZERO, never))?,
            Err(TimeoutError)
        );
        assert_eq!(polls.get(), 1);
    }
    Ok(())
}

#[test]
fn nested_limits_end_in_order_of_time_and_the_inner_of_equal_ones_first() -> Result<(), RunError> {
    let seconds = Duration::from_secs;
    EventLoop::with_virtual_time().run_until_complete(async {
        let nested = |outer, inner| timeout(seconds(outer), timeout(seconds(inner), sleep(seconds(9))));
        assert_eq!(nested(2, 1).await, Ok(Err(TimeoutError)));
        assert_eq!(nested(1, 2).await, Err(TimeoutError));
        assert_eq!(nested(1, 1).await, Ok(Err(TimeoutError)));
    })
}

#[test]
fn a_sleep_of_no_time_takes_its_place_among_the_callbacks() -> Result<(), RunError> {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    event_loop
        .run_until_complete(async {
            let said = log.clone();
            let task = spawn(async move {
                sleep(Duration::ZERO).await;
                said.say("slept");
            });
            let said = log.clone();
            let callback = spawn(async move {
                EventLoop::running().call_soon(move || said.say("called"));
            });
            gather((task, callback)).await
        })
        .map(|_| assert_eq!(log.take(), ["slept", "called"]))
}

#[test]
fn virtual_time_waits_for_a_job_that_is_not_awaited_yet() -> Result<(), RunError> {
    let event_loop = EventLoop::with_virtual_time();
    event_loop.run_until_complete(async {
        let job = spawn_blocking(|| std::thread::sleep(Duration::from_millis(10)));
        sleep(Duration::from_secs(1)).await;
        job.await;
        let mut job = spawn_blocking(|| std::thread::sleep(Duration::from_millis(10)));
        assert_eq!(timeout(Duration::ZERO, &mut job).await, Err(TimeoutError));
        sleep(Duration::from_secs(1)).await;
        job.await;
    })?;
    assert_eq!(event_loop.time(), Duration::from_secs(2));
    Ok(())
}

#[test]
fn a_job_that_is_dropped_does_not_hold_virtual_time() -> Result<(), RunError> {
    let (sender, receiver) = std::sync::mpsc::channel::<()>();
    EventLoop::with_virtual_time().run_until_complete(async {
        drop(spawn_blocking(move || receiver.recv()));
        sleep(Duration::from_secs(1)).await;
        drop(sender);
    })
}

#[test]
fn what_is_due_need_not_wait_for_a_job() -> Result<(), RunError> {
    let (sender, receiver) = std::sync::mpsc::channel();
    let rung = Rc::new(Cell::new(false));
    EventLoop::with_virtual_time().run_until_complete(async {
        EventLoop::running().call_later(Duration::ZERO, {
            let rung = rung.clone();
            move || {
                rung.set(true);
                sender.send(()).unwrap();
            }
        });
        assert_eq!(spawn_blocking(move || receiver.recv()).await, Ok(()));
    })?;
    assert!(rung.get());
    Ok(())
}

#[test]
fn a_sleep_of_no_time_is_a_place_to_wait_at() -> Result<(), RunError> {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    event_loop.set_debug(Some(Duration::ZERO));
    event_loop.set_exception_handler({
        let log = log.clone();
        move |report| log.say(report.to_string())
    });
    event_loop.run_until_complete(sleep(Duration::ZERO))?;
    let log = log.take();
    assert!(
        log[0].contains("main in `sleep` at tests/event_loop/limits.rs:"),
        "{log:?}"
    );
    // It waits no longer.
    assert!(log[1].contains("main, spawned at"), "{log:?}");
    Ok(())
}
