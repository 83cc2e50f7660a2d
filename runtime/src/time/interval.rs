//! [`interval`].

use std::fmt;
use std::future::poll_fn;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

use super::Sleep;
use crate::event_loop::EventLoop;

/// Ticks once in each period, the first time at the end of the first one, which begins with the first poll: JavaScript's
/// `setInterval`. It is a stream of the [times](EventLoop::time) at which it was to tick, and never ends.
///
/// A tick that comes late does not delay those after it. Those that were missed altogether are left out.
///
/// Cancel safety: no tick is lost with a future of [`tick`](Interval::tick).
///
/// ```
/// use std::time::Duration;
/// use unawait::event_loop::EventLoop;
/// use unawait::time::{interval, sleep};
///
/// let event_loop = EventLoop::with_virtual_time();
/// let times = event_loop.run_until_complete(async {
///     let mut interval = interval(Duration::from_secs(2));
///     let mut times = vec![interval.tick().await, interval.tick().await];
///     sleep(Duration::from_secs(5)).await;
///     times.extend([interval.tick().await, interval.tick().await]);
///     times
/// })?;
/// assert_eq!(times, [2, 4, 8, 10].map(Duration::from_secs));
/// # Ok::<(), unawait::event_loop::RunError>(())
/// ```
///
/// # Panics
///
/// If `period` is zero. The first poll, if no loop is running.
#[track_caller]
pub fn interval(period: Duration) -> Interval {
    assert!(!period.is_zero(), "an interval needs a period");
    Interval {
        period,
        sleep: None,
        at: Location::caller(),
    }
}

/// What [`interval`] gives.
#[must_use = "streams do nothing unless polled"]
pub struct Interval {
    period: Duration,
    /// Until the next tick. `None` before the first poll.
    sleep: Option<Sleep>,
    at: &'static Location<'static>,
}

impl Interval {
    /// The next tick: when it was to be.
    pub fn tick(&mut self) -> impl Future<Output = Duration> {
        poll_fn(|context| self.poll_tick(context))
    }

    fn poll_tick(&mut self, context: &mut Context<'_>) -> Poll<Duration> {
        let (period, at) = (self.period, self.at);
        let sleep = self
            .sleep
            .get_or_insert_with(|| Sleep::until(EventLoop::running().time().saturating_add(period), at));
        if Pin::new(&mut *sleep).poll(context).is_pending() {
            return Poll::Pending;
        }
        let now = EventLoop::running().time();
        let due = sleep.deadline().unwrap_or(now);
        let tick = now - rest(now.saturating_sub(due), period);
        self.sleep = Some(Sleep::until(tick.saturating_add(period), at));
        Poll::Ready(tick)
    }
}

/// What is left of a time when all whole periods are taken away.
fn rest(time: Duration, period: Duration) -> Duration {
    let nanos = time.as_nanos() % period.as_nanos();
    let second = Duration::from_secs(1).as_nanos();
    // It is no longer than `time`.
    Duration::new((nanos / second) as u64, (nanos % second) as u32)
}

impl Stream for Interval {
    type Item = Duration;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Duration>> {
        self.poll_tick(context).map(Some)
    }
}

impl fmt::Debug for Interval {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Interval")
            .field("period", &self.period)
            .finish_non_exhaustive()
    }
}
