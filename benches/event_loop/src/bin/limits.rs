//! What the loop bears, and that nothing is left behind: a million tasks, a million timers, wakes from other threads.
//!
//! ```text
//! cargo run --release -p unawait-load --bin limits
//! ```
//!
//! After each the loop is dropped, and what is still allocated is printed.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicIsize, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use unawait::event_loop::{EventLoop, RunError};
use unawait::prelude::*;
use unawait::task::{gather, spawn};
use unawait::time::sleep;

/// The system's allocator, which counts.
struct Counting;

static LIVE: AtomicIsize = AtomicIsize::new(0);
static PEAK: AtomicIsize = AtomicIsize::new(0);

#[expect(unsafe_code, reason = "an allocator can be written in no other way")]
// SAFETY: it hands all calls on to the system's.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let live = LIVE.fetch_add(layout.size() as isize, Ordering::Relaxed) + layout.size() as isize;
        PEAK.fetch_max(live, Ordering::Relaxed);
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size() as isize, Ordering::Relaxed);
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const MILLION: usize = 1_000_000;

#[coro]
async fn yields_twice(number: usize) -> usize {
    sleep(Duration::ZERO).await;
    sleep(Duration::ZERO).await;
    number
}

/// Each task is spawned, suspended twice, and awaited.
fn tasks(event_loop: &EventLoop) -> Result<(), RunError> {
    let sum = event_loop.run_until_complete(async {
        let outputs = gather((0..MILLION).map(yields_twice).collect::<Vec<_>>()).await;
        outputs.into_iter().sum::<usize>()
    })?;
    assert_eq!(sum, MILLION * (MILLION - 1) / 2);
    Ok(())
}

/// Timers of all sorts of times, half of which are cancelled.
fn timers(event_loop: &EventLoop) -> Result<(), RunError> {
    static RUNG: AtomicUsize = AtomicUsize::new(0);
    RUNG.store(0, Ordering::Relaxed);
    for number in 0..MILLION {
        let when = Duration::from_micros(number as u64 * 7919 % 1_000_003);
        let handle = event_loop.call_later(when, || _ = RUNG.fetch_add(1, Ordering::Relaxed));
        if number % 2 == 1 {
            handle.cancel();
        }
    }
    event_loop.run_until_complete(sleep(Duration::from_secs(2)))?;
    assert_eq!(RUNG.load(Ordering::Relaxed), MILLION / 2);
    Ok(())
}

/// Two threads give the loop callbacks as fast as they can, while tasks of the loop run.
fn wakes(event_loop: &EventLoop) -> Result<(), RunError> {
    static CALLED: AtomicUsize = AtomicUsize::new(0);
    CALLED.store(0, Ordering::Relaxed);
    let threads: Vec<_> = (0..2)
        .map(|_| {
            let remote = event_loop.remote();
            thread::spawn(move || {
                for _ in 0..MILLION / 2 {
                    remote.call_soon_threadsafe(|| _ = CALLED.fetch_add(1, Ordering::Relaxed));
                }
            })
        })
        .collect();
    event_loop.run_until_complete(async {
        let busy = spawn(async {
            loop {
                sleep(Duration::from_micros(50)).await;
            }
        });
        while CALLED.load(Ordering::Relaxed) < MILLION {
            sleep(Duration::from_millis(1)).await;
        }
        drop(busy);
    })?;
    threads
        .into_iter()
        .for_each(|thread| thread.join().expect("it does not panic"));
    Ok(())
}

/// Runs it on a loop of its own, and prints what it cost.
fn measure(
    name: &str,
    event_loop: fn() -> EventLoop,
    work: fn(&EventLoop) -> Result<(), RunError>,
) -> Result<(), RunError> {
    let before = LIVE.load(Ordering::Relaxed);
    let event_loop = event_loop();
    PEAK.store(before, Ordering::Relaxed);
    let start = Instant::now();
    work(&event_loop)?;
    let elapsed = start.elapsed();
    drop(event_loop);
    let (peak, left) = (
        PEAK.load(Ordering::Relaxed) - before,
        LIVE.load(Ordering::Relaxed) - before,
    );
    println!(
        "{name}: {elapsed:.2?}, {} bytes each at most, {left} bytes left",
        peak / MILLION as isize
    );
    Ok(())
}

fn main() -> Result<(), RunError> {
    // What the thread and the standard library allocate once is not counted.
    EventLoop::new().run_until_complete(sleep(Duration::ZERO))?;
    measure("a million tasks", EventLoop::with_virtual_time, tasks)?;
    measure("a million timers", EventLoop::with_virtual_time, timers)?;
    measure("a million wakes from two threads", EventLoop::new, wakes)?;
    Ok(())
}
