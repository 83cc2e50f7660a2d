//! [`ThreadsafeResolver`]: settles a promise from another thread. The resolver itself stays on the promise's thread, under a
//! number; what travels is the number, and then the result, by the event loop.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Resolver;
use crate::event_loop::{EventLoop, Remote};

thread_local! {
    static RESOLVERS: RefCell<HashMap<u64, Box<dyn Any>>> = RefCell::default();
}

/// The number of a resolver. No two threads have the same: on the wrong one it finds nothing.
struct Ticket {
    id: u64,
}

impl Ticket {
    fn new(resolver: Box<dyn Any>) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        RESOLVERS.with_borrow_mut(|resolvers| resolvers.insert(id, resolver));
        Ticket { id }
    }

    /// The resolver. The second time, and on another thread, there is none.
    fn redeem(&self) -> Option<Box<dyn Any>> {
        let resolver = RESOLVERS.try_with(|resolvers| resolvers.borrow_mut().remove(&self.id));
        resolver.ok().flatten()
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        // One that was not used breaks the promise.
        self.redeem();
    }
}

/// Settles a promise from any thread, through the event loop of the promise's own. [`Resolver::into_threadsafe`] makes it.
///
/// The loop does that in its next pass. Until then it waits, rather than report a
/// [`Deadlock`](crate::event_loop::Deadlock). Dropping this settles nothing: if it was the last resolver, the promise is
/// rejected with [`BrokenPromise`](super::BrokenPromise). If the loop has ended, the promise stays as it is.
///
/// It is asyncio's `loop.call_soon_threadsafe(future.set_result, value)`.
pub struct ThreadsafeResolver<T, E> {
    /// `None` once it was used.
    ticket: Option<Ticket>,
    remote: Remote,
    settles: PhantomData<fn(T, E)>,
}

impl<T: Send + 'static, E: Send + 'static> Resolver<T, E> {
    /// A resolver for another thread.
    ///
    /// # Panics
    ///
    /// If no event loop runs on this thread.
    ///
    /// ```
    /// use std::thread;
    /// use unawait::event_loop::run;
    /// use unawait::prelude::*;
    /// use unawait::promise::{Promise, Reason};
    ///
    /// #[coro]
    /// async fn answer() -> Result<u32, Reason> {
    ///     let (promise, resolver) = Promise::<_>::with_resolvers();
    ///     let resolver = resolver.into_threadsafe();
    ///     thread::spawn(move || resolver.resolve(42));
    ///     promise.await
    /// }
    ///
    /// assert_eq!(run(answer())?.unwrap(), 42);
    /// # Ok::<(), unawait::event_loop::RunError>(())
    /// ```
    #[must_use = "dropping it may break the promise"]
    #[track_caller]
    pub fn into_threadsafe(self) -> ThreadsafeResolver<T, E> {
        let remote = EventLoop::running().remote();
        ThreadsafeResolver {
            ticket: Some(Ticket::new(Box::new(self))),
            remote,
            settles: PhantomData,
        }
    }
}

impl<T: Send + 'static, E: Send + 'static> ThreadsafeResolver<T, E> {
    /// Fulfills the promise, if it was not decided before how it settles.
    pub fn resolve(self, value: T) {
        self.settle(Ok(value));
    }

    /// Rejects the promise, if it was not decided before how it settles.
    pub fn reject(self, reason: impl Into<E>) {
        self.settle(Err(reason.into()));
    }

    /// Fulfills or rejects the promise, if it was not decided before how it settles.
    pub fn settle(mut self, result: Result<T, E>) {
        let ticket = self.ticket.take();
        self.remote.call_soon_threadsafe(move || {
            let resolver = ticket.and_then(|ticket| ticket.redeem());
            if let Some(resolver) = resolver.and_then(|resolver| resolver.downcast::<Resolver<T, E>>().ok()) {
                resolver.settle(result);
            }
        });
    }
}

impl<T, E> Drop for ThreadsafeResolver<T, E> {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket.take() {
            self.remote.call_soon_threadsafe(|| drop(ticket));
        }
    }
}

impl<T, E> fmt::Debug for ThreadsafeResolver<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ThreadsafeResolver").finish_non_exhaustive()
    }
}
