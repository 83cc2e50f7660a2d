//! The time of a loop.

use std::cell::Cell;
use std::time::{Duration, Instant};

/// Tells the time since the loop was made.
pub(super) enum Clock {
    /// The monotonic clock of the system.
    Real(Instant),
    /// Stands still while anything is ready, and jumps to the next timer when nothing is.
    Virtual(Cell<Duration>),
}

impl Clock {
    pub(super) fn real() -> Self {
        Clock::Real(Instant::now())
    }

    pub(super) fn virtual_time() -> Self {
        Clock::Virtual(Cell::new(Duration::ZERO))
    }

    pub(super) fn now(&self) -> Duration {
        match self {
            Clock::Real(start) => start.elapsed(),
            Clock::Virtual(now) => now.get(),
        }
    }

    /// Whether it is `time` now, or can be made so by a jump.
    pub(super) fn jump(&self, time: Duration) -> bool {
        match self {
            Clock::Real(_) => false,
            Clock::Virtual(now) => {
                now.set(now.get().max(time));
                true
            }
        }
    }
}
