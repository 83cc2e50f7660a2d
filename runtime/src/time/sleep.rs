//! [`sleep`].

use std::fmt;
use std::panic::Location;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll};
use std::time::Duration;

use crate::event_loop::{EventLoop, Id, Inner};
use crate::waiting::Registration;

/// Suspends the task for a while: asyncio's `sleep`. The time begins with the first poll, so with the `.await`.
///
/// `sleep(Duration::ZERO)` lets all that is ready have its turn.
///
/// Cancel safety: dropping it takes the timer back.
///
/// ```
/// use std::time::Duration;
/// use unawait::event_loop::EventLoop;
/// use unawait::time::sleep;
///
/// let event_loop = EventLoop::with_virtual_time();
/// event_loop.run_until_complete(sleep(Duration::from_secs(60)))?;
/// assert_eq!(event_loop.time().as_secs(), 60);
/// # Ok::<(), unawait::event_loop::RunError>(())
/// ```
///
/// # Panics
///
/// The first poll, if no loop is running.
#[track_caller]
pub fn sleep(duration: Duration) -> Sleep {
    Sleep::new(Until::After(duration))
}

/// Suspends the task until a [time](EventLoop::time) of the loop. Not at all, if it has passed.
///
/// # Panics
///
/// The first poll, if no loop is running.
#[track_caller]
pub fn sleep_until(when: Duration) -> Sleep {
    Sleep::new(Until::Time(when))
}

/// What [`sleep`] and [`sleep_until`] give.
#[must_use = "futures do nothing unless awaited"]
pub struct Sleep {
    until: Until,
    at: &'static Location<'static>,
}

enum Until {
    After(Duration),
    Time(Duration),
    /// It began at this time, and is over at the next poll.
    Turn(
        Duration,
        #[expect(dead_code, reason = "it lists the wait while it is there")] Registration,
    ),
    Timer(Timer),
}

/// A timer that is set. It is taken back when this drops.
struct Timer {
    when: Duration,
    id: Id,
    event_loop: Weak<Inner>,
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(event_loop) = self.event_loop.upgrade() {
            event_loop.cancel_timer(self.id);
        }
    }
}

impl Sleep {
    #[track_caller]
    fn new(until: Until) -> Self {
        Sleep {
            until,
            at: Location::caller(),
        }
    }

    /// Until a time, on behalf of what was made elsewhere.
    pub(super) fn until(when: Duration, at: &'static Location<'static>) -> Self {
        let until = Until::Time(when);
        Sleep { until, at }
    }

    /// When it is over, once it was polled.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        match &self.until {
            Until::After(_) => None,
            Until::Time(when) | Until::Turn(when, _) => Some(*when),
            Until::Timer(timer) => Some(timer.when),
        }
    }

    fn start(&mut self, when: Duration, event_loop: &Rc<Inner>, context: &Context<'_>) {
        let id = event_loop.wake_at(when, Registration::new(context, "sleep", self.at));
        self.until = Until::Timer(Timer {
            when,
            id,
            event_loop: Rc::downgrade(event_loop),
        });
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        match &self.until {
            Until::After(Duration::ZERO) => {
                // No timer: it has its turn after what is ready now.
                let when = EventLoop::running().time();
                self.until = Until::Turn(when, Registration::new(context, "sleep", self.at));
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Until::After(duration) => {
                let event_loop = EventLoop::running();
                let when = event_loop.time().saturating_add(*duration);
                self.start(when, event_loop.inner(), context);
                Poll::Pending
            }
            &Until::Turn(when, _) => {
                self.until = Until::Time(when);
                Poll::Ready(())
            }
            Until::Time(when) => {
                let (event_loop, when) = (EventLoop::running(), *when);
                if when <= event_loop.time() {
                    return Poll::Ready(());
                }
                self.start(when, event_loop.inner(), context);
                Poll::Pending
            }
            Until::Timer(timer) => match timer.event_loop.upgrade() {
                Some(event_loop) if event_loop.time() < timer.when => {
                    event_loop.renew_wake(timer.id, context, self.at);
                    Poll::Pending
                }
                _ => Poll::Ready(()),
            },
        }
    }
}

impl fmt::Debug for Sleep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Sleep")
            .field("deadline", &self.deadline())
            .finish_non_exhaustive()
    }
}
