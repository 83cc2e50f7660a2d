//! [`BrokenPromise`].

use std::error::Error;
use std::fmt;
use std::thread;

/// The reason of a promise that nobody can settle any more: its last [`Resolver`](super::Resolver) was dropped, by a panic
/// maybe, or it was to settle as it settles itself.
///
/// As a rejection that nobody handled it is reported only while somebody has the promise. Where both sides are dropped, as when
/// a task that has them is cancelled, nobody misses the result.
///
/// The name is that of C++'s `std::future_errc::broken_promise`. In JavaScript and asyncio whoever awaits such a promise waits
/// for ever, except that a promise resolved with itself is rejected in JavaScript too, with a `TypeError`.
///
/// ```
/// use unawait::promise::{BrokenPromise, Promise};
///
/// let (promise, resolver) = Promise::<u32, BrokenPromise>::with_resolvers();
/// drop(resolver);
/// let reason = pollster::block_on(promise).unwrap_err();
/// assert_eq!(reason.to_string(), "broken promise: its resolvers were dropped, and none had settled it");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrokenPromise {
    cause: Cause,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    Dropped,
    Panicked,
    Cycle,
}

impl BrokenPromise {
    /// The last resolver is being dropped.
    pub(super) fn dropped() -> Self {
        let cause = if thread::panicking() {
            Cause::Panicked
        } else {
            Cause::Dropped
        };
        BrokenPromise { cause }
    }

    /// The promise was to adopt itself.
    pub(super) fn cycle() -> Self {
        BrokenPromise { cause: Cause::Cycle }
    }
}

impl fmt::Display for BrokenPromise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.cause {
            Cause::Dropped => "broken promise: its resolvers were dropped, and none had settled it",
            Cause::Panicked => "broken promise: a panic dropped its last resolver",
            Cause::Cycle => "broken promise: chaining cycle, it was to settle as it settles itself",
        })
    }
}

impl Error for BrokenPromise {}

impl From<BrokenPromise> for String {
    fn from(broken: BrokenPromise) -> Self {
        broken.to_string()
    }
}
