//! Promises: results that will come, with the semantics of JavaScript.
//!
//! A [`Promise`] is pending until its [`Resolver`] settles it, once: it is fulfilled with a value, or rejected with a reason.
//! It is a future, for the event loop of this crate and for every other executor, and it takes callbacks.
//!
//! ```
//! use unawait::prelude::*;
//! use unawait::promise::{Promise, Reason, Resolver};
//!
//! #[coro]
//! async fn order(burger: Promise<&'static str>) -> Result<String, Reason> {
//!     let burger = burger.await?;
//!     Ok(format!("one {burger}, please"))
//! }
//!
//! let (burger, cook) = Promise::with_resolvers();
//! cook.resolve("burger");
//! # pollster::block_on(async {
//! assert_eq!(order(burger).await?, "one burger, please");
//! # Ok::<_, Reason>(())
//! # }).unwrap();
//! ```
//!
//! | here | JavaScript | asyncio |
//! |---|---|---|
//! | [`Promise`] | `Promise` | `asyncio.Future` |
//! | [`Promise::new`]`(\|resolver\| ..)` | `new Promise((resolve, reject) => ..)` | |
//! | [`Promise::with_resolvers`]`()` | `Promise.withResolvers()` | `loop.create_future()` |
//! | [`Promise::resolve`]`(value)`, [`Promise::reject`]`(reason)` | `Promise.resolve(value)`, `Promise.reject(reason)` | |
//! | [`resolver.resolve`](Resolver::resolve)`(value)` | `resolve(value)` | `future.set_result(value)` |
//! | [`resolver.reject`](Resolver::reject)`(reason)` | `reject(reason)` | `future.set_exception(reason)` |
//! | [`resolver.adopt`](Resolver::adopt)`(promise)` | `resolve(promise)` | |
//! | `false` of a later settlement | ignored | `InvalidStateError` |
//! | `promise.await` | `await promise` | `await future` |
//! | [`then`](Promise::then), [`catch`](Promise::catch), [`finally`](Promise::finally) | the same | `future.add_done_callback` |
//! | `Err(reason)` of a callback, or of an async function | `throw reason` | `raise reason` |
//! | [`Promise::all`] | `Promise.all` | `asyncio.gather` |
//! | [`Promise::all_settled`] | `Promise.allSettled` | `asyncio.gather(.., return_exceptions=True)` |
//! | [`Promise::race`] | `Promise.race` | `asyncio.wait(.., return_when=FIRST_COMPLETED)` |
//! | [`Promise::any`], [`AggregateError`] | `Promise.any`, `AggregateError` | |
//! | [`promise.is_settled`](Promise::is_settled)`()` | | `future.done()` |
//! | [`resolver.into_threadsafe`](Resolver::into_threadsafe)`()` | `postMessage` | `loop.call_soon_threadsafe(future.set_result, value)` |
//! | [`queue_microtask`] | `queueMicrotask` | `loop.call_soon`, nearly |
//! | a rejection that nobody handled is reported when the loop ends | the event `unhandledrejection` | "exception was never retrieved" |
//! | [`BrokenPromise`] | waits for ever | waits for ever |
//!
//! # What differs from JavaScript, and why
//!
//! - A value is owned. So `then` and the others take the promise, and the last handle gets the value itself. A promise of what
//!   can be cloned can be cloned, and each handle gives a clone. [`Reason`] cannot; a promise with reasons that can, like
//!   `Promise<T, String>` or your own enum, can.
//! - A callback gives a `Result`, a promise, or nothing: [`IntoCompletion`].
//! - Types are static. `resolve` fulfills and `adopt` takes another promise's result, where JavaScript looks at the value.
//!   Where nothing else says what the reasons are, `Promise::<_>::resolve(1)` says that they are [`Reason`]s.
//! - A promise whose resolvers are gone is rejected, with [`BrokenPromise`].
//! - A panic is no rejection with what it panicked with: it is reported, and it breaks the promise that the callback was to
//!   settle.
//!
//! A promise belongs to its thread, as in JavaScript. From another one it is settled through the event loop:
//! [`Resolver::into_threadsafe`].
//!
//! # Order
//!
//! Reactions, callbacks and tasks alike, are microtasks. They run in the order of registration, as soon as the code that runs
//! has returned, and before the event loop does anything else. Settling runs none of them. [`queue_microtask`] queues one
//! itself.
//!
//! On another executor the microtasks of a thread run when a promise is polled on it, and whoever awaits one is woken for
//! them. Callbacks of which nobody awaits anything stay queued there.

mod aggregate;
mod awaiting;
mod broken;
mod combinators;
mod completion;
mod drivers;
mod microtasks;
mod resolver;
mod shared;
mod then;
mod threadsafe;
mod unhandled;

use std::error::Error;
use std::fmt::{self, Debug};
use std::panic::Location;

pub use aggregate::AggregateError;
pub use broken::BrokenPromise;
pub use completion::{Completion, IntoCompletion};
pub use microtasks::queue_microtask;
pub use resolver::Resolver;
pub use threadsafe::ThreadsafeResolver;

pub(crate) use microtasks::run_microtasks;
pub(crate) use unhandled::{Unhandled, unhandled};

use awaiting::Waiting;
use shared::{Claim, Shared, State};

/// Why a promise is rejected, where nothing else is said. `?` makes it of every error.
pub type Reason = Box<dyn Error + Send + Sync>;

/// A result that will come. [More](self).
///
/// This is a handle: dropping it stops nothing of the work that will settle the promise, nor its callbacks. A clone of it is
/// a handle to the same promise.
///
/// ```
/// use unawait::promise::Promise;
///
/// let (promise, resolver) = Promise::<u32, String>::with_resolvers();
/// let doubled = promise.clone().then(|n| Ok(2 * n));
/// resolver.resolve(21);
/// # pollster::block_on(async {
/// assert_eq!(promise.await?, 21);
/// assert_eq!(doubled.await?, 42);
/// # Ok::<_, String>(())
/// # }).unwrap();
/// ```
pub struct Promise<T: 'static, E: 'static = Reason> {
    waiting: Option<Waiting<T, E>>,
    /// `None` once the result was taken.
    claim: Option<Claim<T, E>>,
    /// Where this handle was made.
    at: &'static Location<'static>,
}

impl<T: 'static, E: Debug + From<BrokenPromise> + 'static> Promise<T, E> {
    /// A promise that `executor` settles: now, or later with the resolver that it is given.
    ///
    /// JavaScript's constructor. `executor` is called at once. What it panics with is the caller's.
    ///
    /// ```
    /// use unawait::promise::{Promise, queue_microtask};
    ///
    /// let promise = Promise::<_>::new(|resolver| {
    ///     queue_microtask(move || _ = resolver.resolve("later"));
    /// });
    /// assert_eq!(pollster::block_on(promise).unwrap(), "later");
    /// ```
    #[track_caller]
    pub fn new(executor: impl FnOnce(Resolver<T, E>)) -> Self {
        let (promise, resolver) = Self::with_resolvers();
        executor(resolver);
        promise
    }

    /// A pending promise, and what settles it.
    ///
    /// ```
    /// use unawait::promise::Promise;
    ///
    /// let (promise, resolver) = Promise::<u32>::with_resolvers();
    /// assert!(!promise.is_settled());
    /// resolver.resolve(1);
    /// assert!(promise.is_settled());
    /// ```
    #[track_caller]
    #[doc(alias = "create_future")]
    pub fn with_resolvers() -> (Self, Resolver<T, E>) {
        let promise = Self::pending();
        let resolver = Resolver::new(promise.claim().shared().clone(), E::from);
        (promise, resolver)
    }
}

impl<T: 'static, E: Debug + 'static> Promise<T, E> {
    /// A promise that is fulfilled.
    ///
    /// ```
    /// use unawait::promise::Promise;
    ///
    /// let promise = Promise::<_>::resolve("Hello");
    /// assert_eq!(pollster::block_on(promise).unwrap(), "Hello");
    /// ```
    #[track_caller]
    pub fn resolve(value: T) -> Self {
        Self::from(Ok(value))
    }

    /// A promise that is rejected.
    ///
    /// ```
    /// use unawait::promise::Promise;
    ///
    /// let promise = Promise::<()>::reject("no table is free");
    /// assert_eq!(pollster::block_on(promise).unwrap_err().to_string(), "no table is free");
    /// ```
    #[track_caller]
    pub fn reject(reason: impl Into<E>) -> Self {
        Self::from(Err(reason.into()))
    }

    #[track_caller]
    fn pending() -> Self {
        let at = Location::caller();
        let shared = Shared::new(|reason| format!("{reason:?}"), at);
        Promise {
            waiting: None,
            claim: Some(Claim::new(shared)),
            at,
        }
    }
}

impl<T: 'static, E: 'static> Promise<T, E> {
    /// Whether it is fulfilled or rejected.
    ///
    /// # Panics
    ///
    /// If the result was taken through this handle.
    #[doc(alias = "done")]
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.claim().shared().is_settled()
    }

    #[track_caller]
    fn claim(&self) -> &Claim<T, E> {
        self.claim.as_ref().expect("the result of this promise has been taken")
    }

    /// The claim, from a handle that will not be used again. It waits no longer.
    #[track_caller]
    fn take_claim(&mut self) -> Claim<T, E> {
        self.waiting = None;
        self.claim.take().expect("the result of this promise has been taken")
    }
}

/// A promise that is settled so.
impl<T: 'static, E: Debug + 'static> From<Result<T, E>> for Promise<T, E> {
    #[track_caller]
    fn from(result: Result<T, E>) -> Self {
        let promise = Self::pending();
        let shared = promise.claim().shared();
        shared.decide();
        shared.settle(result);
        promise
    }
}

/// Another handle to the same promise. Of a handle through which the result was taken it is one more such.
impl<T: Clone + 'static, E: Clone + 'static> Clone for Promise<T, E> {
    #[track_caller]
    fn clone(&self) -> Self {
        Promise {
            waiting: None,
            claim: self.claim.clone(),
            at: Location::caller(),
        }
    }
}

impl<T: Debug + 'static, E: Debug + 'static> Debug for Promise<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(claim) = &self.claim else {
            return f.write_str("Promise(taken)");
        };
        match &*claim.shared().state.borrow() {
            State::Pending(_) => f.write_str("Promise(pending)"),
            State::Settled(Ok(value)) => write!(f, "Promise(fulfilled: {value:?})"),
            State::Settled(Err(reason)) => write!(f, "Promise(rejected: {reason:?})"),
            State::Read => f.write_str("Promise(taken)"),
        }
    }
}
