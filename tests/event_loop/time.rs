//! Sleeping, time limits, intervals, and the clock.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use unawait::event_loop::{EventLoop, RunError};
use unawait::prelude::*;
use unawait::task::{gather, spawn, spawn_blocking};
use unawait::time::{TimeoutError, interval, sleep, sleep_until, timeout};

use super::order::Log;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn a_real_sleep_takes_its_time() -> Result<(), RunError> {
    let (event_loop, start) = (EventLoop::new(), Instant::now());
    event_loop.run_until_complete(sleep(Duration::from_millis(30)))?;
    assert!(start.elapsed() >= Duration::from_millis(30));
    Ok(())
}

#[test]
fn sleeping_for_no_time_lets_the_others_have_their_turn() -> Result<(), RunError> {
    let (event_loop, log) = (EventLoop::with_virtual_time(), Log::default());
    let say = |name: &'static str| {
        let log = log.clone();
        async move {
            for turn in 0..2 {
                log.say(format!("{name} {turn}"));
                sleep(Duration::ZERO).await;
            }
        }
    };
    event_loop.run_until_complete(gather([say("a"), say("b")]))?;
    assert_eq!(log.take(), ["a 0", "b 0", "a 1", "b 1"]);
    Ok(())
}

#[test]
fn a_sleep_begins_when_it_is_awaited() -> Result<(), RunError> {
    let event_loop = EventLoop::with_virtual_time();
    event_loop.run_until_complete(async {
        let later = sleep(seconds(5));
        sleep(seconds(2)).await;
        later.await;
        sleep_until(seconds(3)).await;
        sleep_until(seconds(8)).await;
    })?;
    assert_eq!(event_loop.time(), seconds(8));
    Ok(())
}

#[test]
fn a_dropped_sleep_leaves_no_timer() -> Result<(), RunError> {
    let event_loop = EventLoop::with_virtual_time();
    event_loop.run_until_complete(async {
        assert_eq!(timeout(seconds(1), sleep(seconds(100))).await, Err(TimeoutError));
        assert_eq!(timeout(seconds(100), sleep(seconds(1))).await, Ok(()));
    })?;
    assert_eq!(event_loop.time(), seconds(2));
    // With a timer left, the loop would go on to its time.
    event_loop.call_later(seconds(1), {
        let event_loop = event_loop.clone();
        move || event_loop.stop()
    });
    event_loop.run_forever()?;
    assert_eq!(event_loop.time(), seconds(3));
    Ok(())
}

#[test]
fn what_is_ready_when_the_time_is_over_counts() -> Result<(), RunError> {
    let event_loop = EventLoop::with_virtual_time();
    event_loop.run_until_complete(async {
        assert_eq!(timeout(Duration::ZERO, async { 5 }).await, Ok(5));
        assert_eq!(timeout(seconds(2), sleep(seconds(2))).await, Ok(()));
    })
}

#[test]
fn a_future_is_dropped_when_its_time_is_over() -> Result<(), RunError> {
    struct Flag(Rc<Cell<bool>>);
    impl Drop for Flag {
        fn drop(&mut self) {
            self.0.set(true);
        }
    }
    EventLoop::with_virtual_time().run_until_complete(async {
        let dropped = Rc::new(Cell::new(false));
        let flag = Flag(dropped.clone());
        let mut limited = std::pin::pin!(timeout(seconds(1), async move {
            let _flag = flag;
            sleep(seconds(10)).await;
        }));
        assert_eq!(limited.as_mut().await, Err(TimeoutError));
        assert!(dropped.get());
    })
}

#[coro]
async fn ticks(count: usize) -> Vec<u64> {
    let mut interval = interval(seconds(10));
    let mut times = Vec::new();
    while times.len() < count {
        times.push(interval.tick().await.as_secs());
    }
    times
}

#[test]
fn an_interval_ticks_at_the_end_of_each_period() -> Result<(), RunError> {
    let event_loop = EventLoop::with_virtual_time();
    assert_eq!(event_loop.run_until_complete(ticks(3))?, [10, 20, 30]);
    assert_eq!(event_loop.run_until_complete(ticks(2))?, [40, 50]);
    Ok(())
}

#[test]
fn a_job_on_a_thread_holds_nobody_up_and_virtual_time_waits_for_it() -> Result<(), RunError> {
    let event_loop = EventLoop::with_virtual_time();
    let log = event_loop.run_until_complete(async {
        let log = Log::default();
        let other = spawn({
            let log = log.clone();
            async move { log.say("other") }
        });
        let job = spawn_blocking(|| {
            std::thread::sleep(Duration::from_millis(20));
            "job"
        });
        let sleeper = spawn({
            let log = log.clone();
            async move {
                sleep(seconds(1)).await;
                log.say("slept");
            }
        });
        log.say(job.await);
        gather(vec![other, sleeper]).await;
        log.take()
    })?;
    assert_eq!(log, ["other", "job", "slept"]);
    Ok(())
}

#[test]
#[should_panic(expected = "in the job")]
fn a_panic_of_a_job_reaches_who_awaits_it() {
    let _ = EventLoop::new().run_until_complete(async { spawn_blocking(|| panic!("in the job")).await });
}

#[test]
#[should_panic(expected = "no running event loop")]
fn a_sleep_needs_a_loop() {
    pollster::block_on(sleep(seconds(1)));
}
