//! [`spawn_blocking`].

use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll};

use crate::event_loop::{EventLoop, Inner};

/// Runs what blocks on a thread, so that the loop goes on meanwhile: asyncio's `to_thread`.
///
/// The threads are those of the crate [`blocking`](https://docs.rs/blocking): they start as they are needed, 500 at most, and
/// what is more waits for its turn.
///
/// Cancel safety: when the future is dropped, a job that has not begun never does, and one that has runs to its end, for
/// nobody can stop a thread.
///
/// ```
/// use unawait::event_loop::run;
/// use unawait::task::spawn_blocking;
///
/// let lines = run(async { spawn_blocking(|| std::fs::read_to_string("Cargo.toml")).await });
/// # let _ = lines;
/// ```
///
/// # Panics
///
/// If no loop is running. Awaiting panics with the panic of `job`.
#[track_caller]
pub fn spawn_blocking<T, F>(job: F) -> Blocking<T>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    Blocking {
        awaited: Awaited::new(EventLoop::running().inner()),
        job: blocking::unblock(job),
    }
}

/// What [`spawn_blocking`] gives: the output of the job.
#[must_use = "a job that has not begun is dropped with this"]
pub struct Blocking<T> {
    job: blocking::Task<T>,
    awaited: Awaited,
}

impl<T> Future for Blocking<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let polled = Pin::new(&mut self.job).poll(context);
        if polled.is_ready() {
            self.awaited = Awaited(Weak::new());
        }
        polled
    }
}

/// Counts a job among those that the loop waits for.
struct Awaited(Weak<Inner>);

impl Awaited {
    fn new(event_loop: &Rc<Inner>) -> Self {
        event_loop.jobs.set(event_loop.jobs.get() + 1);
        Awaited(Rc::downgrade(event_loop))
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        if let Some(event_loop) = self.0.upgrade() {
            event_loop.jobs.set(event_loop.jobs.get() - 1);
        }
    }
}
