//! [`Queue`]: items from those who put them to those who get them.

mod error;
mod future;
mod shared;

use std::fmt;
use std::panic::Location;
use std::rc::Rc;

pub use self::error::{GetError, PutError, TryGetError, TryPutError};
pub use self::future::{QueueGet, QueueJoin, QueuePut};
use self::shared::Shared;
use super::waiters::Place;

/// A queue between tasks, first in, first out: `asyncio.Queue`.
///
/// A clone is another handle of the same queue.
///
/// An item belongs to the [`get`](Queue::get) that has waited longest as soon as it is put, and the room that it leaves to the
/// [`put`](Queue::put) that has waited longest, even before their tasks run: nobody overtakes, and nobody starves. (In asyncio
/// one that comes at the right moment can.) What is spoken for is not counted by [`len`](Queue::len), and not there for
/// [`try_get`](Queue::try_get) and [`try_put`](Queue::try_put).
///
/// ```
/// use unawait::event_loop::run;
/// use unawait::prelude::*;
/// use unawait::sync::Queue;
/// use unawait::task::gather;
///
/// #[coro]
/// async fn produce(queue: Queue<u32>) {
///     for n in 1..=4 {
///         queue.put(n).await.expect("the queue is open");
///     }
///     queue.close();
/// }
///
/// #[coro]
/// async fn sum(queue: Queue<u32>) -> u32 {
///     let mut sum = 0;
///     while let Ok(n) = queue.get().await {
///         sum += n;
///     }
///     sum
/// }
///
/// let queue = Queue::bounded(2);
/// let (sum, ()) = run(gather((sum(queue.clone()), produce(queue))))?;
/// assert_eq!(sum, 10);
/// # Ok::<(), unawait::event_loop::RunError>(())
/// ```
pub struct Queue<T> {
    shared: Rc<Shared<T>>,
}

impl<T> Queue<T> {
    /// A queue in which at most `capacity` items wait to be gotten.
    ///
    /// # Panics
    ///
    /// If `capacity` is 0. (In asyncio that means [`unbounded`](Queue::unbounded).)
    #[must_use]
    #[track_caller]
    pub fn bounded(capacity: usize) -> Self {
        assert!(capacity > 0, "a queue needs room for an item");
        Queue::new(Some(capacity))
    }

    /// A queue in which any number of items can wait: [`put`](Queue::put) never does.
    #[must_use]
    pub fn unbounded() -> Self {
        Queue::new(None)
    }

    fn new(capacity: Option<usize>) -> Self {
        Queue {
            shared: Rc::new(Shared::new(capacity)),
        }
    }

    /// Waits until there is room, and puts an item in.
    ///
    /// The task gets its place in the line when the future is polled for the first time.
    ///
    /// # Errors
    ///
    /// If the queue is closed, before or meanwhile: with the item.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it has completed, it has not put the item, and drops it. If room has been given to it already, the next
    /// one gets that.
    #[track_caller]
    pub fn put(&self, item: T) -> QueuePut<T> {
        QueuePut::new(self.shared.clone(), item, Place::new("Queue::put", Location::caller()))
    }

    /// Waits until there is an item, and takes it out.
    ///
    /// The task gets its place in the line when the future is polled for the first time.
    ///
    /// # Errors
    ///
    /// If the queue is closed, and all items have been taken out.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it has completed, it has taken nothing. If an item has been given to it already, the next one gets that,
    /// in its turn.
    #[track_caller]
    pub fn get(&self) -> QueueGet<T> {
        QueueGet::new(self.shared.clone(), Place::new("Queue::get", Location::caller()))
    }

    /// Puts an item in, if there is room.
    ///
    /// # Errors
    ///
    /// If there is none, or the queue is closed: with the item.
    ///
    /// ```
    /// use unawait::sync::{Queue, TryPutError};
    ///
    /// let queue = Queue::bounded(1);
    /// assert_eq!(queue.try_put("first"), Ok(()));
    /// assert_eq!(queue.try_put("second"), Err(TryPutError::Full("second")));
    /// queue.close();
    /// assert_eq!(queue.try_put("third"), Err(TryPutError::Closed("third")));
    /// ```
    pub fn try_put(&self, item: T) -> Result<(), TryPutError<T>> {
        if self.is_closed() {
            return Err(TryPutError::Closed(item));
        }
        if !self.shared.room.try_acquire() {
            return Err(TryPutError::Full(item));
        }
        self.shared.push(item);
        Ok(())
    }

    /// Takes an item out, if there is one.
    ///
    /// # Errors
    ///
    /// If there is none, or none will come any more.
    ///
    /// ```
    /// use unawait::sync::{Queue, TryGetError};
    ///
    /// let queue = Queue::unbounded();
    /// assert_eq!(queue.try_get(), Err(TryGetError::Empty));
    /// queue.try_put(1).expect("there is room");
    /// queue.close();
    /// assert_eq!(queue.try_get(), Ok(1));
    /// assert_eq!(queue.try_get(), Err(TryGetError::Closed));
    /// ```
    pub fn try_get(&self) -> Result<T, TryGetError> {
        if !self.shared.filled.try_acquire() {
            return Err(TryGetError::Empty);
        }
        self.shared.pop().ok_or(TryGetError::Closed)
    }

    /// Says that the work on an item which was gotten is done: [`join`](Queue::join) waits for as many calls as there were items.
    ///
    /// # Panics
    ///
    /// If it is called more often.
    #[track_caller]
    pub fn task_done(&self) {
        let left = self.shared.unfinished.get().checked_sub(1);
        let left = left.expect("task_done() called too many times");
        self.shared.unfinished.set(left);
        if left == 0 {
            self.shared.joiners.wake_all();
        }
    }

    /// Waits until the work on every item is done: until [`task_done`](Queue::task_done) has been called for each that was put.
    ///
    /// It goes on even if an item is put before its task runs.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use unawait::event_loop::run;
    /// use unawait::prelude::*;
    /// use unawait::sync::Queue;
    /// use unawait::task::spawn;
    /// use unawait::time::sleep;
    ///
    /// #[coro]
    /// async fn worker(queue: Queue<u64>) {
    ///     while let Ok(millis) = queue.get().await {
    ///         sleep(Duration::from_millis(millis)).await;
    ///         queue.task_done();
    ///     }
    /// }
    ///
    /// #[coro]
    /// async fn main_task() {
    ///     let queue = Queue::unbounded();
    ///     let workers = [1, 2, 3].map(|_| spawn(worker(queue.clone())));
    ///     for millis in 0..10 {
    ///         queue.put(millis).await.expect("the queue is open");
    ///     }
    ///     queue.join().await;
    ///     for worker in workers {
    ///         worker.cancel();
    ///     }
    /// }
    ///
    /// run(main_task())?;
    /// # Ok::<(), unawait::event_loop::RunError>(())
    /// ```
    ///
    /// # Cancel safety
    ///
    /// Dropped before it has completed, it waits no longer. Nobody else notices.
    #[track_caller]
    pub fn join(&self) -> QueueJoin<T> {
        QueueJoin::new(self.shared.clone(), Place::new("Queue::join", Location::caller()))
    }

    /// Closes the queue, as `shutdown()` of asyncio does: putting fails from now on, for those that wait too; getting gives
    /// what is left, and fails then.
    pub fn close(&self) {
        self.shared.closed.set(true);
        self.shared.room.open();
        self.shared.fill_for_ever_if_drained();
    }

    /// Whether the queue has been closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.shared.closed.get()
    }

    /// How many items are in the queue that no [`get`](Queue::get) has been woken for.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shared.filled.available().min(self.shared.items.borrow().len())
    }

    /// Whether [`len`](Queue::len) is 0, so that [`try_get`](Queue::try_get) gives nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether there is no room that is not spoken for, so that [`try_put`](Queue::try_put) gives the item back as
    /// [`Full`](TryPutError::Full).
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.shared.room.available() == 0
    }

    /// How many items have room; `None` if any number.
    #[must_use]
    pub fn capacity(&self) -> Option<usize> {
        self.shared.capacity
    }
}

impl<T> Clone for Queue<T> {
    /// Another handle of the same queue.
    fn clone(&self) -> Self {
        Queue {
            shared: self.shared.clone(),
        }
    }
}

impl<T> fmt::Debug for Queue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue")
            .field("len", &self.len())
            .field("capacity", &self.capacity())
            .field("closed", &self.is_closed())
            .finish_non_exhaustive()
    }
}
