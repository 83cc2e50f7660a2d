//! [`Condition`]: waiting until somebody says that a locked value has changed.

use std::fmt;
use std::ops::Deref;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::lock::{Guard, Lock, LockAcquire};
use super::waiters::{Place, Waiters, Wake, completed};

/// Waits, without the lock, until somebody says that what it protects has changed: `asyncio.Condition`.
///
/// It goes with the guards of one [`Lock`]; asyncio's has the lock inside. Those that wait are notified in the order in which
/// they came, and then stand in line for the lock. Notifying takes no guard; usually one has it, because one has just
/// changed the value.
///
/// ```
/// use unawait::event_loop::run;
/// use unawait::prelude::*;
/// use unawait::sync::{Condition, Lock};
/// use unawait::task::gather;
///
/// #[coro]
/// async fn pay(account: &Lock<u32>, deposited: &Condition, price: u32) {
///     let balance = account.lock().await;
///     let mut balance = deposited.wait_for(balance, |balance| *balance >= price).await;
///     *balance -= price;
/// }
///
/// #[coro]
/// async fn deposit(account: &Lock<u32>, deposited: &Condition, amount: u32) {
///     *account.lock().await += amount;
///     deposited.notify_all();
/// }
///
/// let (account, deposited) = (Lock::new(0), Condition::new());
/// run(gather((
///     pay(&account, &deposited, 30),
///     deposit(&account, &deposited, 20),
///     deposit(&account, &deposited, 20),
/// )))?;
/// assert_eq!(account.into_inner(), 10);
/// # Ok::<(), unawait::event_loop::RunError>(())
/// ```
#[derive(Default)]
pub struct Condition {
    waiters: Waiters,
}

impl Condition {
    /// A condition that nobody waits for.
    #[must_use]
    pub fn new() -> Self {
        Condition::default()
    }

    /// Unlocks, waits to be notified, and locks again.
    ///
    /// It unlocks when it is polled for the first time. Nobody can notify between that and the waiting. Whoever comes first
    /// may have changed the value again, so it is to be checked, as [`wait_for`](Condition::wait_for) does.
    ///
    /// ```
    /// use unawait::event_loop::run;
    /// use unawait::prelude::*;
    /// use unawait::sync::{Condition, Lock};
    /// use unawait::task::gather;
    ///
    /// #[coro]
    /// async fn take(shelf: &Lock<Vec<u32>>, filled: &Condition) -> u32 {
    ///     let mut books = shelf.lock().await;
    ///     while books.is_empty() {
    ///         books = filled.wait(books).await;
    ///     }
    ///     books.remove(0)
    /// }
    ///
    /// #[coro]
    /// async fn put(shelf: &Lock<Vec<u32>>, filled: &Condition, book: u32) {
    ///     shelf.lock().await.push(book);
    ///     filled.notify_one();
    /// }
    ///
    /// let (shelf, filled) = (Lock::new(vec![]), Condition::new());
    /// let (book, ()) = run(gather((take(&shelf, &filled), put(&shelf, &filled, 1984))))?;
    /// assert_eq!(book, 1984);
    /// # Ok::<(), unawait::event_loop::RunError>(())
    /// ```
    ///
    /// # Cancel safety
    ///
    /// Dropped before it has completed, it waits no longer, and the lock stays unlocked. If
    /// [`notify_one`](Condition::notify_one) had chosen it, the next one that waits is notified in its stead.
    #[track_caller]
    pub fn wait<T, P>(&self, guard: Guard<T, P>) -> ConditionWait<'_, T, P>
    where
        P: Deref<Target = Lock<T>> + Clone,
    {
        ConditionWait::new(self, guard, "Condition::wait", Location::caller())
    }

    /// [`wait`](Condition::wait)s until the predicate holds, which is called with the lock held: at first, and whenever it has
    /// been notified.
    ///
    /// # Panics
    ///
    /// Where the predicate does; the lock is unlocked then.
    ///
    /// # Cancel safety
    ///
    /// That of [`wait`](Condition::wait). A notification after which the predicate does not hold is used up.
    #[track_caller]
    pub fn wait_for<T, P, F>(&self, guard: Guard<T, P>, predicate: F) -> ConditionWaitFor<'_, T, P, F>
    where
        P: Deref<Target = Lock<T>> + Clone,
        F: FnMut(&mut T) -> bool,
    {
        ConditionWaitFor {
            condition: self,
            predicate,
            at: Location::caller(),
            guard: Some(guard),
            wait: None,
        }
    }

    /// Notifies the one that has waited longest, if any.
    pub fn notify_one(&self) {
        self.waiters.wake_first();
    }

    /// Notifies all that wait now.
    pub fn notify_all(&self) {
        self.waiters.wake_all();
    }
}

impl fmt::Debug for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condition").finish_non_exhaustive()
    }
}

/// The future of [`Condition::wait`].
#[must_use = "futures do nothing unless awaited"]
pub struct ConditionWait<'a, T, P: Deref<Target = Lock<T>>> {
    condition: &'a Condition,
    what: &'static str,
    at: &'static Location<'static>,
    place: Place,
    stage: Stage<T, P>,
}

enum Stage<T, P: Deref<Target = Lock<T>>> {
    /// Not polled yet.
    Locked(Guard<T, P>),
    /// It waits to be notified.
    Unlocked(P),
    /// It has been notified in this way, and waits for the lock.
    Notified(Wake, LockAcquire<T, P>),
    Done,
}

impl<'a, T, P: Deref<Target = Lock<T>>> ConditionWait<'a, T, P> {
    fn new(condition: &'a Condition, guard: Guard<T, P>, what: &'static str, at: &'static Location<'static>) -> Self {
        ConditionWait {
            condition,
            what,
            at,
            place: Place::new(what, at),
            stage: Stage::Locked(guard),
        }
    }
}

// Nothing of it is pinned.
impl<T, P: Deref<Target = Lock<T>>> Unpin for ConditionWait<'_, T, P> {}

impl<T, P: Deref<Target = Lock<T>> + Clone> Future for ConditionWait<'_, T, P> {
    type Output = Guard<T, P>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Guard<T, P>> {
        let this = self.get_mut();
        let notified = |place| this.condition.waiters.poll(place, context, || false);
        if let Stage::Locked(guard) = &this.stage {
            let lock = guard.lock().clone();
            // It waits before it unlocks: unlocking wakes others, who may notify.
            let _pending = notified(&mut this.place);
            this.stage = Stage::Unlocked(lock);
            return Poll::Pending;
        }
        if let Stage::Unlocked(lock) = &this.stage {
            let wake = ready!(notified(&mut this.place));
            this.stage = Stage::Notified(wake, LockAcquire::new(lock.clone(), this.what, this.at));
        }
        let Stage::Notified(_, acquire) = &mut this.stage else {
            completed(this.what)
        };
        let guard = ready!(Pin::new(acquire).poll(context));
        this.stage = Stage::Done;
        Poll::Ready(guard)
    }
}

impl<T, P: Deref<Target = Lock<T>>> Drop for ConditionWait<'_, T, P> {
    fn drop(&mut self) {
        let alone = match self.stage {
            Stage::Unlocked(_) => self.condition.waiters.leave(&mut self.place),
            Stage::Notified(wake, _) => wake == Wake::Alone,
            Stage::Locked(_) | Stage::Done => false,
        };
        if alone {
            self.condition.notify_one();
        }
    }
}

/// The future of [`Condition::wait_for`].
#[must_use = "futures do nothing unless awaited"]
pub struct ConditionWaitFor<'a, T, P: Deref<Target = Lock<T>>, F> {
    condition: &'a Condition,
    predicate: F,
    at: &'static Location<'static>,
    /// Before the predicate is called.
    guard: Option<Guard<T, P>>,
    /// After it has not held.
    wait: Option<ConditionWait<'a, T, P>>,
}

// Nothing of it is pinned.
impl<T, P: Deref<Target = Lock<T>>, F> Unpin for ConditionWaitFor<'_, T, P, F> {}

impl<T, P, F> Future for ConditionWaitFor<'_, T, P, F>
where
    P: Deref<Target = Lock<T>> + Clone,
    F: FnMut(&mut T) -> bool,
{
    type Output = Guard<T, P>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Guard<T, P>> {
        const WHAT: &str = "Condition::wait_for";
        let this = self.get_mut();
        loop {
            if let Some(wait) = &mut this.wait {
                this.guard = Some(ready!(Pin::new(wait).poll(context)));
                this.wait = None;
            }
            let mut guard = this.guard.take().unwrap_or_else(|| completed(WHAT));
            if (this.predicate)(&mut guard) {
                return Poll::Ready(guard);
            }
            this.wait = Some(ConditionWait::new(this.condition, guard, WHAT, this.at));
        }
    }
}
