//! [`timeout`].

use std::error::Error;
use std::fmt;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use pin_project_lite::pin_project;

use super::Sleep;
use crate::event_loop::EventLoop;

/// Awaits a future for a limited time, which begins with the first poll: asyncio's `timeout` and `wait_for`.
///
/// When the time is over, the future is dropped, and the output is a [`TimeoutError`]. A future that is ready at that moment
/// is complete. With a limit of zero it is polled once.
///
/// Cancel safety: dropping it drops the future.
///
/// ```
/// use std::time::Duration;
/// use unawait::event_loop::EventLoop;
/// use unawait::time::{TimeoutError, sleep, timeout};
///
/// let slow = async {
///     sleep(Duration::from_secs(60)).await;
/// };
/// let event_loop = EventLoop::with_virtual_time();
/// assert_eq!(event_loop.run_until_complete(timeout(Duration::from_secs(1), slow))?, Err(TimeoutError));
/// assert_eq!(event_loop.time(), Duration::from_secs(1));
/// # Ok::<(), unawait::event_loop::RunError>(())
/// ```
///
/// # Panics
///
/// The first poll, if no loop is running.
#[track_caller]
pub fn timeout<F: Future>(limit: Duration, future: F) -> Timeout<F> {
    Timeout {
        future: Some(future),
        limit,
        sleep: None,
        at: Location::caller(),
    }
}

pin_project! {
    /// What [`timeout`] gives.
    #[must_use = "futures do nothing unless awaited"]
    pub struct Timeout<F> {
        // Dropped as soon as the time is over.
        #[pin]
        future: Option<F>,
        limit: Duration,
        // `None` before the first poll.
        sleep: Option<Sleep>,
        at: &'static Location<'static>,
    }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, TimeoutError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        // The time begins before the future does.
        let (limit, at) = (*this.limit, *this.at);
        let sleep = this
            .sleep
            .get_or_insert_with(|| Sleep::until(EventLoop::running().time().saturating_add(limit), at));
        let future = this.future.as_mut().as_pin_mut();
        let future = future.expect("`Timeout` polled after it was complete");
        if let Poll::Ready(output) = future.poll(context) {
            return Poll::Ready(Ok(output));
        }
        Pin::new(sleep).poll(context).map(|()| {
            this.future.set(None);
            Err(TimeoutError)
        })
    }
}

impl<F> fmt::Debug for Timeout<F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Timeout")
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

/// The time that [`timeout`] gave was over: asyncio's `TimeoutError`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeoutError;

impl fmt::Display for TimeoutError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the time was over before the future was complete")
    }
}

impl Error for TimeoutError {}
