//! What cancels a callback, and what reaches a loop from other threads.

use std::fmt;
use std::rc::Weak;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::Inner;
use super::shared::{Ready, Shared};
use super::timers::Id;

/// A callback that [`call_soon`](super::EventLoop::call_soon) and its like were given: asyncio's `Handle` and
/// `TimerHandle`. Dropping it leaves the callback as it is.
pub struct Handle {
    pub(super) id: Id,
    pub(super) when: Option<Duration>,
    pub(super) event_loop: Weak<Inner>,
}

impl Handle {
    /// Drops the callback without calling it. Returns whether it was still waiting: `false` if it has been called, is
    /// running, or was cancelled before.
    pub fn cancel(&self) -> bool {
        let Some(inner) = self.event_loop.upgrade() else {
            return false;
        };
        let callback = inner.timers.borrow_mut().remove(self.id);
        callback.is_some()
    }

    /// When it will be called, on the loop's [clock](super::EventLoop::time); `None` if it is called soon.
    #[must_use]
    pub fn when(&self) -> Option<Duration> {
        self.when
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Handle")
            .field("when", &self.when)
            .finish_non_exhaustive()
    }
}

/// A loop, as other threads know it.
///
/// As long as there is one, the loop waits for it, rather than report a [`Deadlock`](super::Deadlock).
///
/// ```
/// use std::thread;
/// use unawait::event_loop::EventLoop;
///
/// let event_loop = EventLoop::new();
/// let remote = event_loop.remote();
/// let thread = thread::spawn(move || remote.stop());
/// event_loop.run_forever()?;
/// # thread.join().unwrap();
/// # Ok::<(), unawait::event_loop::RunError>(())
/// ```
pub struct Remote(Arc<Shared>);

impl Remote {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        shared.remotes.fetch_add(1, Ordering::AcqRel);
        Remote(shared)
    }

    /// Has the loop call `callback` on its own thread, in its next pass: asyncio's `call_soon_threadsafe`. It wakes the loop
    /// if that waits. If the loop has ended, the callback is dropped with it.
    pub fn call_soon_threadsafe(&self, callback: impl FnOnce() + Send + 'static) {
        self.0.push(Ready::Remote(Box::new(callback)));
    }

    /// Stops the loop, as [`EventLoop::stop`](super::EventLoop::stop) does.
    pub fn stop(&self) {
        self.0.stopped.store(true, Ordering::Release);
        self.0.notify();
    }
}

impl Clone for Remote {
    fn clone(&self) -> Self {
        Remote::new(self.0.clone())
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        // The loop may wait for this one alone: it has to look again.
        if self.0.remotes.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.0.notify();
        }
    }
}

impl fmt::Debug for Remote {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Remote").finish_non_exhaustive()
    }
}
