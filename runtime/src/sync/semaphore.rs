//! [`Semaphore`]: how many may do something at the same time.

use std::fmt;
use std::ops::Deref;
use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use super::permits::Permits;
use super::waiters::Place;

/// Lets a number of tasks do something at the same time; the others wait.
///
/// A permit is given back when its guard is dropped, by a panic too. It then belongs to the task that has waited longest, even
/// before that task runs: nobody overtakes, and nobody starves. It is `asyncio.Semaphore`, which is as fair; a guard stands in
/// the place of `release()`, so that none can be given back twice.
///
/// ```
/// use std::time::Duration;
///
/// use unawait::event_loop::EventLoop;
/// use unawait::prelude::*;
/// use unawait::sync::Semaphore;
/// use unawait::task::gather;
/// use unawait::time::sleep;
///
/// #[coro]
/// async fn download(connections: &Semaphore) {
///     let _permit = connections.acquire().await;
///     sleep(Duration::from_secs(1)).await;
/// }
///
/// let (event_loop, connections) = (EventLoop::with_virtual_time(), Semaphore::new(2));
/// let three = gather((download(&connections), download(&connections), download(&connections)));
/// event_loop.run_until_complete(three)?;
/// // Two at a time, and then the third.
/// assert_eq!(event_loop.time(), Duration::from_secs(2));
/// # Ok::<(), unawait::event_loop::RunError>(())
/// ```
pub struct Semaphore {
    permits: Permits,
}

impl Semaphore {
    /// A semaphore with this many permits; `usize::MAX` are never used up.
    #[must_use]
    pub fn new(permits: usize) -> Self {
        Semaphore {
            permits: Permits::new(permits),
        }
    }

    /// Waits for a permit.
    ///
    /// The task gets its place in the line when the future is polled for the first time.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it has completed, it leaves the line. If a permit has been given to it already, the next one gets that.
    #[track_caller]
    pub fn acquire(&self) -> SemaphoreAcquire<&Self> {
        SemaphoreAcquire::new(self, "Semaphore::acquire")
    }

    /// [`acquire`](Semaphore::acquire), for a permit that can be kept anywhere: it holds the `Rc`.
    ///
    /// ```
    /// use std::rc::Rc;
    ///
    /// use unawait::event_loop::run;
    /// use unawait::sync::Semaphore;
    ///
    /// let tickets = Rc::new(Semaphore::new(1));
    /// let ticket = run(tickets.acquire_owned())?;
    /// let mut pockets = vec![ticket];
    /// assert!(tickets.try_acquire().is_none());
    /// pockets.clear();
    /// assert!(tickets.try_acquire().is_some());
    /// # Ok::<(), unawait::event_loop::RunError>(())
    /// ```
    ///
    /// # Cancel safety
    ///
    /// That of [`acquire`](Semaphore::acquire).
    #[track_caller]
    pub fn acquire_owned(self: &Rc<Self>) -> SemaphoreAcquire<Rc<Self>> {
        SemaphoreAcquire::new(self.clone(), "Semaphore::acquire_owned")
    }

    /// A permit, if one is available. Where somebody waits, none is.
    #[must_use]
    pub fn try_acquire(&self) -> Option<SemaphorePermit<'_>> {
        self.permits.try_acquire().then(|| Permit { semaphore: self })
    }

    /// [`try_acquire`](Semaphore::try_acquire), for a permit that holds the `Rc`.
    #[must_use]
    pub fn try_acquire_owned(self: &Rc<Self>) -> Option<OwnedSemaphorePermit> {
        self.permits.try_acquire().then(|| Permit {
            semaphore: self.clone(),
        })
    }

    /// How many permits are available. It is 0 while somebody waits.
    #[must_use]
    pub fn available(&self) -> usize {
        self.permits.available()
    }
}

impl fmt::Debug for Semaphore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Semaphore")
            .field("available", &self.available())
            .finish()
    }
}

/// A permit of a [`Semaphore`] that it borrows.
pub type SemaphorePermit<'a> = Permit<&'a Semaphore>;

/// A permit of a [`Semaphore`] that holds an `Rc` of it.
pub type OwnedSemaphorePermit = Permit<Rc<Semaphore>>;

/// A permit of a [`Semaphore`]: dropped, it goes to whoever has waited longest.
#[must_use = "a permit that is dropped is given back"]
pub struct Permit<P: Deref<Target = Semaphore>> {
    semaphore: P,
}

impl<P: Deref<Target = Semaphore>> Drop for Permit<P> {
    fn drop(&mut self) {
        self.semaphore.permits.release();
    }
}

impl<P: Deref<Target = Semaphore>> fmt::Debug for Permit<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Permit").finish_non_exhaustive()
    }
}

/// The future of [`Semaphore::acquire`] and [`Semaphore::acquire_owned`].
#[must_use = "futures do nothing unless awaited"]
pub struct SemaphoreAcquire<P: Deref<Target = Semaphore>> {
    semaphore: P,
    place: Place,
}

impl<P: Deref<Target = Semaphore>> SemaphoreAcquire<P> {
    #[track_caller]
    fn new(semaphore: P, what: &'static str) -> Self {
        SemaphoreAcquire {
            semaphore,
            place: Place::new(what, Location::caller()),
        }
    }
}

// Nothing of it is pinned.
impl<P: Deref<Target = Semaphore>> Unpin for SemaphoreAcquire<P> {}

impl<P: Deref<Target = Semaphore> + Clone> Future for SemaphoreAcquire<P> {
    type Output = Permit<P>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Permit<P>> {
        let this = self.get_mut();
        ready!(this.semaphore.permits.poll_acquire(&mut this.place, context));
        Poll::Ready(Permit {
            semaphore: this.semaphore.clone(),
        })
    }
}

impl<P: Deref<Target = Semaphore>> Drop for SemaphoreAcquire<P> {
    fn drop(&mut self) {
        self.semaphore.permits.leave(&mut self.place);
    }
}
