//! What tasks of one thread use to wait for one another: asyncio's primitives, with asyncio's names.
//!
//! | asyncio | tokio | here |
//! |---|---|---|
//! | `Queue(maxsize=n)`, `Queue()` | `mpsc::channel(n)`, `mpsc::unbounded_channel()`, with one receiver | [`Queue::bounded(n)`](Queue::bounded), [`Queue::unbounded()`](Queue::unbounded) |
//! | `await queue.put(item)`, `await queue.get()` | `sender.send(item).await`, `receiver.recv().await` | [`queue.put(item).await`](Queue::put), [`queue.get().await`](Queue::get) |
//! | `put_nowait`, `get_nowait`; `QueueFull`, `QueueEmpty` | `try_send`, `try_recv` | [`try_put`](Queue::try_put), [`try_get`](Queue::try_get); [`TryPutError`], [`TryGetError`] |
//! | `task_done()`, `await queue.join()` | | [`task_done`](Queue::task_done), [`join`](Queue::join) |
//! | `shutdown()`, `QueueShutDown` | `receiver.close()` | [`close`](Queue::close); [`PutError`], [`GetError`] |
//! | `qsize()`, `empty()`, `full()`, `maxsize` | `len`, `is_empty`, `capacity() == 0`, `max_capacity` | [`len`](Queue::len), [`is_empty`](Queue::is_empty), [`is_full`](Queue::is_full), [`capacity`](Queue::capacity) |
//! | `Event`: `set`, `clear`, `is_set`, `await event.wait()` | `watch::channel(false)`; `Notify` | [`Event`]: [`set`](Event::set), [`clear`](Event::clear), [`is_set`](Event::is_set), [`wait`](Event::wait) |
//! | `async with semaphore:` | `let permit = semaphore.acquire().await?;` | [`let permit = semaphore.acquire().await;`](Semaphore::acquire) |
//! | `semaphore.release()` | `drop(permit)` | `drop(permit)` |
//! | `async with lock:` | `let guard = mutex.lock().await;` | [`let guard = lock.lock().await;`](Lock::lock) |
//! | | `Arc<Mutex<T>>`, `mutex.lock_owned().await` | `Rc<Lock<T>>`, [`lock.lock_owned().await`](Lock::lock_owned) |
//! | `await condition.wait()`, `wait_for(predicate)` | `Notify`, and locking again | [`guard = condition.wait(guard).await`](Condition::wait), [`wait_for(guard, predicate)`](Condition::wait_for) |
//! | `condition.notify()`, `notify_all()` | `notify_one()`, `notify_waiters()` | [`notify_one`](Condition::notify_one), [`notify_all`](Condition::notify_all) |
//!
//! All of them
//!
//! - **belong to one thread**, as asyncio's do: nothing is atomic, and the event loop knows for certain when nobody is left who
//!   could wake a task. They run on any executor of one thread: here, on `pollster`, smol's `LocalExecutor`, tokio's `LocalSet`;
//! - **are fair**: whoever has waited longest is next. What is given back goes to it at once, even before its task runs, so
//!   nobody can overtake. In asyncio that is so for `Lock` and `Semaphore`, and not for `Queue`;
//! - **are cancel-safe**: a future that is dropped loses nothing. If it has been chosen and does not know it yet, the next one
//!   is chosen in its stead. So a timeout, a `select!` or a cancelled task does no harm;
//! - wake exactly those that can go on, each once.
//!
//! A future whose output has been given panics when it is polled again, like that of an `async fn`. One that is forgotten
//! (`std::mem::forget`) while it waits keeps its place, and what is given to it is lost.
//!
//! ```compile_fail,E0277
//! # use unawait::sync::Queue;
//! let queue = Queue::<u32>::unbounded();
//! std::thread::spawn(move || queue.try_put(1)); // it belongs to one thread
//! ```

mod condition;
mod event;
mod lock;
mod permits;
mod queue;
mod semaphore;
#[cfg(test)]
mod tests;
mod waiters;

pub use self::condition::{Condition, ConditionWait, ConditionWaitFor};
pub use self::event::{Event, EventWait};
pub use self::lock::{Guard, Lock, LockAcquire, LockGuard, OwnedLockGuard};
pub use self::queue::{GetError, PutError, Queue, QueueGet, QueueJoin, QueuePut, TryGetError, TryPutError};
pub use self::semaphore::{OwnedSemaphorePermit, Permit, Semaphore, SemaphoreAcquire, SemaphorePermit};
