//! [`Resolver`]: the side of a promise that settles it.

use std::fmt;
use std::rc::Rc;
use std::thread;

use super::microtasks::{Microtask, queue};
use super::shared::Shared;
use super::{BrokenPromise, Promise};

/// Settles a promise: once. All clones settle the same promise, and the first call decides; later ones do nothing, and say
/// so by `false`.
///
/// It is JavaScript's pair of functions `resolve` and `reject`, and the producer's side of asyncio's `Future`.
/// [`with_resolvers`](Promise::with_resolvers) and [`new`](Promise::new) make it.
///
/// Settling runs nothing of anyone else: the reactions become microtasks, and those run when the code that settles has
/// returned. So it can be called from anywhere on the promise's thread, from a reaction of the same promise too. For other
/// threads there is [`into_threadsafe`](Resolver::into_threadsafe).
///
/// When the last resolver is dropped and none has settled the promise, that is rejected with [`BrokenPromise`]: nobody waits
/// for ever.
///
/// ```
/// use unawait::promise::Promise;
///
/// let (promise, resolver) = Promise::<_, String>::with_resolvers();
/// assert!(resolver.resolve(1));
/// assert!(!resolver.resolve(2));
/// assert!(!resolver.reject("too late"));
/// assert_eq!(pollster::block_on(promise), Ok(1));
/// ```
pub struct Resolver<T: 'static, E: 'static> {
    guard: Rc<Guard<T, E>>,
}

/// Breaks the promise when it is dropped undecided.
struct Guard<T: 'static, E: 'static> {
    shared: Rc<Shared<T, E>>,
    reason: fn(BrokenPromise) -> E,
}

impl<T: 'static, E: 'static> Resolver<T, E> {
    pub(super) fn new(shared: Rc<Shared<T, E>>, reason: fn(BrokenPromise) -> E) -> Self {
        Resolver {
            guard: Rc::new(Guard { shared, reason }),
        }
    }

    /// Fulfills the promise. `false` if that was decided before.
    ///
    /// ```
    /// # use unawait::promise::Promise;
    /// let (promise, resolver) = Promise::<_, String>::with_resolvers();
    /// resolver.resolve("done");
    /// assert_eq!(pollster::block_on(promise), Ok("done"));
    /// ```
    #[doc(alias = "fulfill")]
    #[doc(alias = "set_result")]
    pub fn resolve(&self, value: T) -> bool {
        self.settle(Ok(value))
    }

    /// Rejects the promise. `false` if it was decided before how it settles.
    ///
    /// ```
    /// # use unawait::promise::Promise;
    /// let (promise, resolver) = Promise::<(), String>::with_resolvers();
    /// resolver.reject("no table is free");
    /// assert_eq!(pollster::block_on(promise), Err("no table is free".to_owned()));
    /// ```
    #[doc(alias = "set_exception")]
    pub fn reject(&self, reason: impl Into<E>) -> bool {
        self.settle(Err(reason.into()))
    }

    /// Fulfills or rejects the promise. `false` if it was decided before how it settles: then the result is dropped.
    ///
    /// ```
    /// # use unawait::promise::Promise;
    /// let (promise, resolver) = Promise::with_resolvers();
    /// resolver.settle("12".parse::<u32>().map_err(|error| error.to_string()));
    /// assert_eq!(pollster::block_on(promise), Ok(12));
    /// ```
    pub fn settle(&self, result: Result<T, E>) -> bool {
        let first = self.guard.shared.decide();
        if first {
            self.guard.shared.settle(result);
        }
        first
    }

    /// Has the promise settle as `promise` does, when that does. `false` if it was decided before how it settles: then
    /// `promise` is dropped.
    ///
    /// It is what JavaScript's `resolve` does when its argument is a promise. From this call on no other settlement counts,
    /// though the promise may be pending for long. As in JavaScript one microtask begins to wait for `promise`, and another one
    /// settles this.
    ///
    /// A promise that would wait for itself, directly or through others that adopt, is rejected with [`BrokenPromise`].
    /// In JavaScript it is a `TypeError` if it is direct, and waits for ever else.
    ///
    /// # Panics
    ///
    /// If the result of `promise` was taken through this handle.
    ///
    /// ```
    /// # use unawait::promise::Promise;
    /// let (order, kitchen) = Promise::<_, String>::with_resolvers();
    /// let (burger, cook) = Promise::with_resolvers();
    /// assert!(kitchen.adopt(burger));
    /// assert!(!kitchen.reject("closed"));
    /// cook.resolve("burger");
    /// assert_eq!(pollster::block_on(order), Ok("burger"));
    /// ```
    pub fn adopt(&self, mut promise: Promise<T, E>) -> bool {
        let claim = promise.take_claim();
        let shared = self.guard.shared.clone();
        if !shared.decide() {
            return false;
        }
        if !shared.adopt(claim.shared()) {
            let reason = (self.guard.reason)(BrokenPromise::cycle());
            shared.settle(Err(reason));
            return true;
        }
        // The microtask between is JavaScript's, where it calls a `then` that may be the user's: programs see the order.
        let follow = move || claim.react(move |result| shared.settle(result));
        queue(Microtask::Callback(Box::new(follow)));
        true
    }
}

impl<T: 'static, E: 'static> Clone for Resolver<T, E> {
    fn clone(&self) -> Self {
        Resolver {
            guard: self.guard.clone(),
        }
    }
}

impl<T: 'static, E: 'static> fmt::Debug for Resolver<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resolver").finish_non_exhaustive()
    }
}

impl<T: 'static, E: 'static> Drop for Guard<T, E> {
    fn drop(&mut self) {
        if !self.shared.decide() {
            return;
        }
        let reason = (self.reason)(BrokenPromise::dropped());
        // A panic is told in any case.
        match thread::panicking() {
            true => self.shared.settle(Err(reason)),
            false => self.shared.break_with(reason),
        }
    }
}
