//! [`Permits`]: how many may pass, and those that wait for one. A semaphore is made of it, a lock (one permit), and a queue
//! (permits to put and permits to get).

use std::cell::Cell;
use std::task::{Context, Poll};

use super::waiters::{Place, Waiters};

/// As many as anybody wants.
const UNLIMITED: usize = usize::MAX;

/// A permit that is given back goes to whoever has waited longest, at once. So while somebody waits none is available, and
/// nobody overtakes.
pub(super) struct Permits {
    available: Cell<usize>,
    waiters: Waiters,
}

impl Permits {
    /// `usize::MAX` are never used up.
    pub(super) fn new(available: usize) -> Self {
        Permits {
            available: Cell::new(available),
            waiters: Waiters::default(),
        }
    }

    pub(super) fn available(&self) -> usize {
        self.available.get()
    }

    pub(super) fn try_acquire(&self) -> bool {
        match self.available.get() {
            0 => return false,
            UNLIMITED => {}
            available => self.available.set(available - 1),
        }
        true
    }

    pub(super) fn poll_acquire(&self, place: &mut Place, context: &Context<'_>) -> Poll<()> {
        self.waiters.poll(place, context, || self.try_acquire()).map(|_| ())
    }

    /// A future that may wait for a permit is dropped. If it has one that it has not seen, the next one gets it.
    pub(super) fn leave(&self, place: &mut Place) {
        if self.waiters.leave(place) {
            self.release();
        }
    }

    /// Gives a permit back, or adds one.
    pub(super) fn release(&self) {
        if self.available.get() == UNLIMITED || self.waiters.wake_first() {
            return;
        }
        self.available.set(self.available.get() + 1);
    }

    /// Lets everybody pass from now on.
    pub(super) fn open(&self) {
        self.available.set(UNLIMITED);
        self.waiters.wake_all();
    }
}
