//! Everyone has a turn, and nobody is asked who has nothing to do.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;
use std::thread;
use std::time::Duration;

use unawait::event_loop::{EventLoop, RunError};
use unawait::task::{gather, spawn, spawn_blocking};
use unawait::time::{sleep, timeout};

use super::order::Log;

/// Never waits, and is never complete.
async fn spin() {
    poll_fn(|context| {
        context.waker().wake_by_ref();
        Poll::<()>::Pending
    })
    .await;
}

#[test]
fn a_task_that_always_wakes_itself_does_not_hold_up_timers_and_threads() -> Result<(), RunError> {
    let event_loop = EventLoop::new();
    let remote = event_loop.remote();
    event_loop.run_until_complete(async {
        let spinning = [spawn(spin()), spawn(spin())];
        sleep(Duration::from_millis(20)).await;
        assert_eq!(spawn_blocking(|| 5).await, 5);
        assert!(timeout(Duration::from_millis(20), spin()).await.is_err());
        drop(spinning);
    })?;
    event_loop.spawn(spin()).detach();
    let thread = thread::spawn(move || remote.stop());
    event_loop.run_forever()?;
    thread.join().unwrap();
    Ok(())
}

#[test]
fn tasks_take_turns() -> Result<(), RunError> {
    let log = Log::default();
    let turns = |name: &'static str| {
        let log = log.clone();
        async move {
            for turn in 0..3 {
                log.say(format!("{name}{turn}"));
                let mut woken = false;
                poll_fn(|context| {
                    if std::mem::replace(&mut woken, true) {
                        return Poll::Ready(());
                    }
                    context.waker().wake_by_ref();
                    context.waker().wake_by_ref();
                    Poll::Pending
                })
                .await;
            }
        }
    };
    EventLoop::new().run_until_complete(gather(["a", "b", "c"].map(turns)))?;
    assert_eq!(log.take(), ["a0", "b0", "c0", "a1", "b1", "c1", "a2", "b2", "c2"]);
    Ok(())
}

#[test]
fn callbacks_and_tasks_stand_in_one_line() -> Result<(), RunError> {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let say = |what: &'static str| {
        let log = log.clone();
        move || log.say(what)
    };
    event_loop.call_soon(say("1"));
    let two = say("2");
    event_loop.spawn(async move { two() }).detach();
    let (remote, sent) = (event_loop.remote(), Rc::new(Cell::new(false)));
    let (sender, receiver) = std::sync::mpsc::channel();
    remote.call_soon_threadsafe(move || sender.send("3").unwrap());
    event_loop.call_soon({
        let (sent, four) = (sent.clone(), say("4"));
        move || {
            sent.set(receiver.try_recv() == Ok("3"));
            four();
        }
    });
    event_loop.run_once()?;
    assert!(sent.get());
    assert_eq!(log.take(), ["1", "2", "4"]);
    Ok(())
}

#[test]
fn a_callback_cancels_those_after_it_and_not_itself() -> Result<(), RunError> {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let handles = Rc::new(RefCell::new(Vec::new()));
    for n in 0..3 {
        let (all, log) = (handles.clone(), log.clone());
        let handle = event_loop.call_soon(move || {
            let cancelled: Vec<bool> = all.borrow().iter().map(unawait::event_loop::Handle::cancel).collect();
            log.say(format!("{n} {cancelled:?}"));
        });
        handles.borrow_mut().push(handle);
    }
    event_loop.run_once()?;
    assert_eq!(log.take(), ["0 [false, true, true]"]);
    Ok(())
}

#[test]
fn a_loop_that_waits_does_nothing() {
    // The loop's thread alone is measured: other tests run beside it.
    let thread = thread::spawn(|| {
        let event_loop = EventLoop::new();
        let polls = Cell::new(0);
        let remote = event_loop.remote();
        let other = thread::spawn(move || {
            thread::sleep(Duration::from_millis(300));
            remote.stop();
        });
        let _ = event_loop.run_until_complete(poll_fn(|_| {
            polls.set(polls.get() + 1);
            Poll::<()>::Pending
        }));
        let slept = timeout(
            Duration::from_millis(300),
            poll_fn(|_| {
                polls.set(polls.get() + 1);
                Poll::<()>::Pending
            }),
        );
        event_loop.run_until_complete(slept).unwrap().unwrap_err();
        let job = event_loop.run_until_complete(async {
            spawn_blocking(|| thread::sleep(Duration::from_millis(300))).await;
            time_on_processor()
        });
        other.join().unwrap();
        (polls.get(), job.unwrap())
    });
    let (polls, nanos) = thread.join().unwrap();
    assert_eq!(polls, 3);
    assert!(nanos < 100_000_000, "{nanos} ns");
}

/// How long this thread was on a processor, in nanoseconds.
fn time_on_processor() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0)
}
