//! [`Event`]: a flag that one can wait for.

use std::cell::Cell;
use std::fmt;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::waiters::{Place, Waiters};

/// A flag that is set or not, and on which any number of tasks can wait: `asyncio.Event`.
///
/// ```
/// use std::cell::RefCell;
///
/// use unawait::event_loop::run;
/// use unawait::prelude::*;
/// use unawait::sync::Event;
/// use unawait::task::gather;
///
/// #[coro]
/// async fn runner(name: &'static str, start: &Event, log: &RefCell<Vec<&'static str>>) {
///     start.wait().await;
///     log.borrow_mut().push(name);
/// }
///
/// #[coro]
/// async fn starter(start: &Event, log: &RefCell<Vec<&'static str>>) {
///     log.borrow_mut().push("go");
///     start.set();
/// }
///
/// let (start, log) = (Event::new(), RefCell::default());
/// run(gather((runner("Ada", &start, &log), runner("Alan", &start, &log), starter(&start, &log))))?;
/// assert_eq!(log.into_inner(), ["go", "Ada", "Alan"]);
/// # Ok::<(), unawait::event_loop::RunError>(())
/// ```
#[derive(Default)]
pub struct Event {
    set: Cell<bool>,
    waiters: Waiters,
}

impl Event {
    /// An event that is not set.
    #[must_use]
    pub fn new() -> Self {
        Event::default()
    }

    /// Sets the flag, and wakes all that wait, in the order in which they came. They go on even if the flag is cleared before
    /// they run.
    pub fn set(&self) {
        self.set.set(true);
        self.waiters.wake_all();
    }

    /// Clears the flag: whoever waits from now on waits for the next [`set`](Event::set).
    pub fn clear(&self) {
        self.set.set(false);
    }

    /// Whether the flag is set.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.set.get()
    }

    /// Waits until the flag is set; not at all if it is set when the future is polled for the first time.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it has completed, it waits no longer. Nobody else notices.
    #[track_caller]
    pub fn wait(&self) -> EventWait<'_> {
        EventWait {
            event: self,
            place: Place::new("Event::wait", Location::caller()),
        }
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("set", &self.is_set())
            .finish_non_exhaustive()
    }
}

/// The future of [`Event::wait`].
#[must_use = "futures do nothing unless awaited"]
pub struct EventWait<'a> {
    event: &'a Event,
    place: Place,
}

impl Future for EventWait<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        let event = this.event;
        event
            .waiters
            .poll(&mut this.place, context, || event.is_set())
            .map(|_| ())
    }
}

impl Drop for EventWait<'_> {
    fn drop(&mut self) {
        self.event.waiters.leave(&mut self.place);
    }
}
