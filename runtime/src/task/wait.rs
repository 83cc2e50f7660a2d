//! [`wait`] and [`as_completed`].

use std::fmt;
use std::future::poll_fn;
use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::finished::Finished;
use super::{Cancelled, Task};
use crate::waiting::Wait;

/// When [`wait`] returns. asyncio's `return_when`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnWhen {
    /// When one of the tasks has ended.
    FirstCompleted,
    /// When one of the tasks has panicked, or all have ended.
    FirstException,
    /// When all have ended.
    AllCompleted,
}

/// Waits for tasks, and gives those that have ended and those that have not, each in the order in which they were given:
/// asyncio's `wait`. It takes no output: await the tasks for that, which does not suspend any more.
///
/// Cancel safety: when it is dropped, the tasks are cancelled, for it has them. Wrap it in
/// [`timeout`](crate::time::timeout) with that in mind.
///
/// ```
/// use std::time::Duration;
/// use unawait::event_loop::EventLoop;
/// use unawait::task::{ReturnWhen, spawn, wait};
/// use unawait::time::sleep;
///
/// EventLoop::with_virtual_time().run_until_complete(async {
///     let tasks = [3, 1, 2].map(|seconds| spawn(sleep(Duration::from_secs(seconds))));
///     let (done, pending) = wait(tasks, ReturnWhen::FirstCompleted).await;
///     assert_eq!((done.len(), pending.len()), (1, 2));
/// })?;
/// # Ok::<(), unawait::event_loop::RunError>(())
/// ```
#[track_caller]
pub fn wait<T>(
    tasks: impl IntoIterator<Item = Task<T>>,
    return_when: ReturnWhen,
) -> impl Future<Output = (Vec<Task<T>>, Vec<Task<T>>)> {
    let tasks: Vec<_> = tasks.into_iter().collect();
    let at = Location::caller();
    async move {
        let finished = Rc::new(Finished::default());
        tasks
            .iter()
            .enumerate()
            .for_each(|(number, task)| task.join(&finished, number));
        for _ in 0..tasks.len() {
            let number = poll_fn(|context| finished.poll_next(context, Wait { what: "wait", at })).await;
            let is_over = match return_when {
                ReturnWhen::FirstCompleted => true,
                ReturnWhen::FirstException => tasks[number].has_panicked(),
                ReturnWhen::AllCompleted => false,
            };
            if is_over {
                break;
            }
        }
        tasks.into_iter().partition(Task::is_finished)
    }
}

/// The outputs of tasks in the order in which they end: asyncio's `as_completed`.
///
/// Cancel safety: an output that was not taken is still there for the next call. Dropping the stream cancels the tasks that
/// are left.
///
/// ```
/// use std::time::Duration;
/// use unawait::event_loop::EventLoop;
/// use unawait::prelude::*;
/// use unawait::task::{Cancelled, as_completed, spawn};
/// use unawait::time::sleep;
///
/// #[coro]
/// async fn nap(seconds: u64) -> u64 {
///     sleep(Duration::from_secs(seconds)).await;
///     seconds
/// }
///
/// #[coro]
/// async fn naps() -> Result<Vec<u64>, Cancelled> {
///     let mut naps = as_completed([3, 1, 2].map(|seconds| spawn(nap(seconds))));
///     let mut order = Vec::new();
///     while let Some(seconds) = naps.next().await {
///         order.push(seconds?);
///     }
///     Ok(order)
/// }
///
/// assert_eq!(EventLoop::with_virtual_time().run_until_complete(naps())?, Ok(vec![1, 2, 3]));
/// # Ok::<(), unawait::event_loop::RunError>(())
/// ```
///
/// # Panics
///
/// The stream panics with the panic of a task.
#[track_caller]
pub fn as_completed<T>(tasks: impl IntoIterator<Item = Task<T>>) -> AsCompleted<T> {
    let tasks: Vec<_> = tasks.into_iter().map(Some).collect();
    let finished = Rc::new(Finished::default());
    for (number, task) in tasks.iter().enumerate() {
        task.as_ref().expect("none was taken yet").join(&finished, number);
    }
    AsCompleted {
        left: tasks.len(),
        tasks,
        finished,
        at: Location::caller(),
    }
}

/// What [`as_completed`] gives: a stream.
#[must_use = "dropping it cancels its tasks"]
pub struct AsCompleted<T> {
    tasks: Vec<Option<Task<T>>>,
    left: usize,
    finished: Rc<Finished>,
    at: &'static Location<'static>,
}

impl<T> AsCompleted<T> {
    /// The next output; `None` when there are no more tasks.
    #[expect(clippy::should_implement_trait, reason = "it is async, as all `next` of streams are")]
    pub fn next(&mut self) -> impl Future<Output = Option<Result<T, Cancelled>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
    }
}

impl<T> Stream for AsCompleted<T> {
    type Item = Result<T, Cancelled>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let wait = Wait {
            what: "as_completed",
            at: self.at,
        };
        let Poll::Ready(number) = self.finished.poll_next(context, wait) else {
            return Poll::Pending;
        };
        self.left -= 1;
        let task = self.tasks[number].take();
        Poll::Ready(task.map(|task| task.take()))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<T> fmt::Debug for AsCompleted<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AsCompleted")
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}
