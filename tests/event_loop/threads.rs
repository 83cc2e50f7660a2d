//! Wakers and remotes on other threads, whatever the loop does meanwhile.

use std::cell::Cell;
use std::future::{pending, poll_fn};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, TryRecvError, channel};
use std::sync::{Arc, Barrier};
use std::task::{Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

use unawait::event_loop::{EventLoop, RunError};
use unawait::task::{Cancelled, spawn};
use unawait::time::sleep;

/// Gives its waker away once, and is complete when it is told.
fn waits(wakers: Sender<Waker>, done: Arc<AtomicBool>) -> impl Future<Output = ()> {
    let mut given = false;
    poll_fn(move |context| {
        if !given {
            given = true;
            wakers.send(context.waker().clone()).unwrap();
        }
        match done.load(Ordering::Acquire) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    })
}

#[test]
fn no_wake_is_lost() -> Result<(), RunError> {
    let event_loop = EventLoop::new();
    let (wakers, woken) = channel::<(Waker, Arc<AtomicBool>)>();
    let thread = thread::spawn(move || {
        for (turn, (waker, done)) in woken.into_iter().enumerate() {
            // Now and then the loop falls asleep meanwhile.
            if turn % 7 == 0 {
                thread::sleep(Duration::from_micros(50));
            }
            done.store(true, Ordering::Release);
            if turn % 2 == 0 {
                waker.wake();
            } else {
                waker.wake_by_ref();
                drop(waker.clone());
            }
        }
    });
    for _ in 0..5000 {
        let (done, wakers) = (Arc::new(AtomicBool::new(false)), wakers.clone());
        let waits = poll_fn(move |context| match done.load(Ordering::Acquire) {
            true => Poll::Ready(()),
            false => {
                let _ = wakers.send((context.waker().clone(), done.clone()));
                Poll::Pending
            }
        });
        event_loop.run_until_complete(waits)?;
    }
    drop(wakers);
    thread.join().unwrap();
    Ok(())
}

#[test]
fn a_waker_may_be_used_when_its_task_and_its_loop_are_gone() -> Result<(), RunError> {
    let (wakers, given) = channel();
    let event_loop = EventLoop::new();
    let (done, never) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicBool::new(false)));
    event_loop.run_until_complete(waits(wakers.clone(), done.clone()))?;
    event_loop.run_until_complete(async {
        spawn(waits(wakers.clone(), done)).await.unwrap();
        let task = spawn(waits(wakers.clone(), never.clone()));
        sleep(Duration::ZERO).await;
        task.cancel();
        assert_eq!(task.await, Err(Cancelled));
    })?;
    event_loop.spawn(waits(wakers, never)).detach();
    event_loop.run_until_complete(sleep(Duration::ZERO))?;
    let wakers: Vec<Waker> = given.try_iter().collect();
    assert_eq!(wakers.len(), 4);
    let use_all = |wakers: Vec<Waker>| {
        thread::spawn(move || {
            for waker in wakers {
                let clone = waker.clone();
                waker.wake_by_ref();
                waker.wake();
                drop(clone);
            }
        })
    };
    use_all(wakers.clone()).join().unwrap();
    event_loop.run_until_complete(async {})?;
    drop(event_loop);
    use_all(wakers).join().unwrap();
    Ok(())
}

/// Counts its drops, on the thread of the loop.
struct Counts(Rc<Cell<u32>>);

impl Drop for Counts {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

#[test]
fn a_loop_that_ends_while_another_thread_wakes_drops_its_tasks() {
    const ROUNDS: u32 = 2000;
    const TASKS: u32 = 20;
    let dropped = Rc::new(Cell::new(0));
    let barrier = Arc::new(Barrier::new(2));
    let (wakers, given) = channel::<Waker>();
    let thread = thread::spawn({
        let barrier = barrier.clone();
        move || {
            for _ in 0..ROUNDS {
                barrier.wait();
                let wakers: Vec<Waker> = given.try_iter().collect();
                wakers.into_iter().rev().for_each(Waker::wake);
            }
        }
    });
    for _ in 0..ROUNDS {
        let event_loop = EventLoop::new();
        for _ in 0..TASKS {
            let (counts, wakers) = (Counts(dropped.clone()), wakers.clone());
            let task = async move {
                let _counts = counts;
                waits(wakers, Arc::new(AtomicBool::new(false))).await;
            };
            event_loop.spawn(task).detach();
        }
        event_loop.run_once().unwrap();
        barrier.wait();
        drop(event_loop);
    }
    thread.join().unwrap();
    assert_eq!(dropped.get(), TASKS * ROUNDS);
}

#[test]
fn a_wake_of_another_thread_at_the_last_moment_is_no_deadlock() {
    let event_loop = EventLoop::new();
    // While the loop looks through these, another thread wakes the last one.
    for _ in 0..2000 {
        event_loop.spawn(pending::<()>()).detach();
    }
    event_loop.run_until_complete(sleep(Duration::ZERO)).unwrap();
    let (wakers, given) = channel::<(Waker, Arc<AtomicBool>, u32)>();
    let thread = thread::spawn(move || {
        loop {
            match given.try_recv() {
                Ok((waker, done, delay)) => {
                    (0..delay).for_each(|_| std::hint::spin_loop());
                    done.store(true, Ordering::Release);
                    waker.wake();
                }
                Err(TryRecvError::Empty) => std::hint::spin_loop(),
                Err(TryRecvError::Disconnected) => break,
            }
        }
    });
    for round in 0..1000 {
        let (done, mut given) = (Arc::new(AtomicBool::new(false)), false);
        let waits = poll_fn(|context| {
            if !given {
                given = true;
                let waker = context.waker().clone();
                wakers.send((waker, done.clone(), round % 200 * 10)).unwrap();
            }
            match done.load(Ordering::Acquire) {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }
        });
        event_loop.run_until_complete(waits).unwrap();
    }
    drop(wakers);
    thread.join().unwrap();
}

#[test]
fn a_remote_that_is_dropped_after_its_last_call_is_no_deadlock() {
    for round in 0..3000 {
        let event_loop = EventLoop::new();
        let remote = event_loop.remote();
        event_loop.spawn(pending::<()>()).detach();
        let thread = thread::spawn(move || {
            if round % 2 == 0 {
                remote.stop();
            } else {
                remote.clone().call_soon_threadsafe(move || remote.stop());
            }
        });
        event_loop.run_forever().unwrap();
        thread.join().unwrap();
    }
}

#[test]
fn the_last_remote_that_drops_leaves_a_deadlock() {
    let event_loop = EventLoop::new();
    let (remote, start) = (event_loop.remote(), Instant::now());
    let thread = thread::spawn(move || {
        thread::sleep(Duration::from_millis(20));
        drop(remote);
    });
    let result = event_loop.run_until_complete(pending::<()>());
    assert!(matches!(result, Err(RunError::Deadlock(_))), "{result:?}");
    assert!(start.elapsed() >= Duration::from_millis(20));
    thread.join().unwrap();
}
