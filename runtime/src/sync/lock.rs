//! [`Lock`]: a value that one task at a time may use.

use std::cell::Cell;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use super::permits::Permits;
use super::waiters::Place;

/// A value that one task at a time may use, across awaits: `asyncio.Lock`, around what it protects.
///
/// (What is changed without an await in between needs no lock: tasks of one thread are interrupted at awaits only. A
/// `RefCell` does.)
///
/// A guard unlocks when it is dropped, by a panic too; as in asyncio and tokio the lock is not poisoned, and the next one
/// sees what the panic left. The lock then belongs to the task that has waited longest, even before that task runs: nobody
/// overtakes, and nobody starves.
///
/// ```
/// use std::time::Duration;
///
/// use unawait::event_loop::run;
/// use unawait::prelude::*;
/// use unawait::sync::Lock;
/// use unawait::task::gather;
/// use unawait::time::sleep;
///
/// /// Reads, waits, and writes: without the lock some deposits would be lost.
/// #[coro]
/// async fn deposit(account: &Lock<u32>, amount: u32) {
///     let mut balance = account.lock().await;
///     let before = *balance;
///     sleep(Duration::from_millis(1)).await;
///     *balance = before + amount;
/// }
///
/// let account = Lock::new(0);
/// run(gather((deposit(&account, 1), deposit(&account, 10), deposit(&account, 100))))?;
/// assert_eq!(account.into_inner(), 111);
/// # Ok::<(), unawait::event_loop::RunError>(())
/// ```
pub struct Lock<T> {
    permits: Permits,
    /// It is with the guard while there is one. The box is what makes that cheap; so there is no `unsafe` code here, and a
    /// guard can hold an `Rc` of the lock.
    value: Cell<Option<Box<T>>>,
}

impl<T> Lock<T> {
    /// A lock around a value.
    #[must_use]
    pub fn new(value: T) -> Self {
        Lock {
            permits: Permits::new(1),
            value: Cell::new(Some(Box::new(value))),
        }
    }

    /// Waits until nobody else has the lock.
    ///
    /// The task gets its place in the line when the future is polled for the first time. A task that waits for a lock which it
    /// has itself waits for ever.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it has completed, it leaves the line. If the lock has been given to it already, the next one gets it.
    #[track_caller]
    pub fn lock(&self) -> LockAcquire<T, &Self> {
        LockAcquire::new(self, "Lock::lock", Location::caller())
    }

    /// [`lock`](Lock::lock), for a guard that can be kept anywhere: it holds the `Rc`.
    ///
    /// ```
    /// use std::rc::Rc;
    ///
    /// use unawait::event_loop::run;
    /// use unawait::prelude::*;
    /// use unawait::sync::{Lock, OwnedLockGuard};
    ///
    /// #[coro]
    /// async fn open(file: Rc<Lock<String>>) -> OwnedLockGuard<String> {
    ///     let mut text = file.lock_owned().await;
    ///     text.push_str("opened");
    ///     text
    /// }
    ///
    /// let file = Rc::new(Lock::new(String::new()));
    /// let text = run(open(file.clone()))?;
    /// assert!(file.is_locked());
    /// assert_eq!(*text, "opened");
    /// # Ok::<(), unawait::event_loop::RunError>(())
    /// ```
    ///
    /// # Cancel safety
    ///
    /// That of [`lock`](Lock::lock).
    #[track_caller]
    pub fn lock_owned(self: &Rc<Self>) -> LockAcquire<T, Rc<Self>> {
        LockAcquire::new(self.clone(), "Lock::lock_owned", Location::caller())
    }

    /// The guard, if nobody else has it. Where somebody waits, somebody has.
    #[must_use]
    pub fn try_lock(&self) -> Option<LockGuard<'_, T>> {
        self.permits.try_acquire().then(|| Guard::new(self))
    }

    /// [`try_lock`](Lock::try_lock), for a guard that holds the `Rc`.
    #[must_use]
    pub fn try_lock_owned(self: &Rc<Self>) -> Option<OwnedLockGuard<T>> {
        self.permits.try_acquire().then(|| Guard::new(self.clone()))
    }

    /// Whether somebody has the lock.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.permits.available() == 0
    }

    /// The value, without a guard: nobody else can have the lock.
    ///
    /// # Panics
    ///
    /// If a guard has been forgotten (`std::mem::forget`), with the value.
    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut().as_deref_mut().expect(FORGOTTEN)
    }

    /// The value.
    ///
    /// # Panics
    ///
    /// If a guard has been forgotten (`std::mem::forget`), with the value.
    #[must_use]
    pub fn into_inner(self) -> T {
        *self.value.into_inner().expect(FORGOTTEN)
    }
}

const FORGOTTEN: &str = "a guard of the lock has been forgotten, with the value";

impl<T: Default> Default for Lock<T> {
    fn default() -> Self {
        Lock::new(T::default())
    }
}

impl<T> fmt::Debug for Lock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lock")
            .field("locked", &self.is_locked())
            .finish_non_exhaustive()
    }
}

/// The guard of a [`Lock`] that it borrows.
pub type LockGuard<'a, T> = Guard<T, &'a Lock<T>>;

/// The guard of a [`Lock`] that holds an `Rc` of it.
pub type OwnedLockGuard<T> = Guard<T, Rc<Lock<T>>>;

/// The value of a [`Lock`], for the one that has it. Dropped, it unlocks.
#[must_use = "a guard that is dropped unlocks"]
pub struct Guard<T, P: Deref<Target = Lock<T>>> {
    /// `None` only while it is being dropped.
    value: Option<Box<T>>,
    lock: P,
}

impl<T, P: Deref<Target = Lock<T>>> Guard<T, P> {
    /// The caller has the permit.
    fn new(lock: P) -> Self {
        Guard {
            value: lock.value.take(),
            lock,
        }
    }

    pub(super) fn lock(&self) -> &P {
        &self.lock
    }
}

impl<T, P: Deref<Target = Lock<T>>> Deref for Guard<T, P> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.as_deref().expect("a guard has the value")
    }
}

impl<T, P: Deref<Target = Lock<T>>> DerefMut for Guard<T, P> {
    fn deref_mut(&mut self) -> &mut T {
        self.value.as_deref_mut().expect("a guard has the value")
    }
}

impl<T, P: Deref<Target = Lock<T>>> Drop for Guard<T, P> {
    fn drop(&mut self) {
        self.lock.value.set(self.value.take());
        self.lock.permits.release();
    }
}

impl<T: fmt::Debug, P: Deref<Target = Lock<T>>> fmt::Debug for Guard<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: fmt::Display, P: Deref<Target = Lock<T>>> fmt::Display for Guard<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// The future of [`Lock::lock`] and [`Lock::lock_owned`].
#[must_use = "futures do nothing unless awaited"]
pub struct LockAcquire<T, P: Deref<Target = Lock<T>>> {
    lock: P,
    place: Place,
}

impl<T, P: Deref<Target = Lock<T>>> LockAcquire<T, P> {
    pub(super) fn new(lock: P, what: &'static str, at: &'static Location<'static>) -> Self {
        LockAcquire {
            lock,
            place: Place::new(what, at),
        }
    }
}

// Nothing of it is pinned.
impl<T, P: Deref<Target = Lock<T>>> Unpin for LockAcquire<T, P> {}

impl<T, P: Deref<Target = Lock<T>> + Clone> Future for LockAcquire<T, P> {
    type Output = Guard<T, P>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Guard<T, P>> {
        let this = self.get_mut();
        ready!(this.lock.permits.poll_acquire(&mut this.place, context));
        Poll::Ready(Guard::new(this.lock.clone()))
    }
}

impl<T, P: Deref<Target = Lock<T>>> Drop for LockAcquire<T, P> {
    fn drop(&mut self) {
        self.lock.permits.leave(&mut self.place);
    }
}
