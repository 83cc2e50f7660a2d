//! [`task_group`].

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::future::poll_fn;
use std::ops::AsyncFnOnce;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::finished::Finished;
use super::{Cancelled, Task, spawn};
use crate::waiting::Wait;

/// Tasks that end together: asyncio's `TaskGroup`. See [`task_group`].
pub struct TaskGroup<T, E> {
    /// Those that have not ended, under their numbers: the order in which they were spawned.
    tasks: RefCell<BTreeMap<usize, Task<Result<T, E>>>>,
    /// What those gave that have ended, under their numbers.
    outputs: RefCell<BTreeMap<usize, T>>,
    finished: Rc<Finished>,
    /// The number of the next one.
    next: Cell<usize>,
    /// The first failure. From then on all others are cancelled.
    failure: RefCell<Option<Failure<E>>>,
    at: &'static Location<'static>,
}

/// What ends a group.
enum Failure<E> {
    Error(E),
    Panic(Box<dyn Any + Send>),
}

/// Runs `body` with a group in which it spawns tasks, and waits for all of them: asyncio's `async with TaskGroup()`. Gives
/// what `body` gave, and the outputs of the tasks in the order in which they were spawned.
///
/// If a task or `body` fails, the others are cancelled, and when all have ended, that error is the output. So no task outlives
/// its group.
///
/// Cancel safety: dropping the future cancels the tasks. They end in the next pass, as there is nobody left to wait for that.
///
/// ```
/// use std::time::Duration;
/// use unawait::event_loop::EventLoop;
/// use unawait::task::task_group;
/// use unawait::time::sleep;
///
/// let event_loop = EventLoop::with_virtual_time();
/// let result = event_loop.run_until_complete(task_group(async |group| {
///     group.spawn(async {
///         sleep(Duration::from_secs(1)).await;
///         Err("no bread")
///     });
///     group.spawn(async {
///         sleep(Duration::from_secs(60)).await;
///         Ok("toast")
///     });
///     Ok(())
/// }))?;
/// assert_eq!(result, Err("no bread"));
/// assert_eq!(event_loop.time(), Duration::from_secs(1));
/// # Ok::<(), unawait::event_loop::RunError>(())
/// ```
///
/// # Panics
///
/// With the first panic of a task or of `body`, once the others have been cancelled and have ended.
#[track_caller]
pub fn task_group<T, E, R, B>(body: B) -> impl Future<Output = Result<(R, Vec<T>), E>>
where
    B: AsyncFnOnce(&TaskGroup<T, E>) -> Result<R, E>,
    T: 'static,
    E: 'static,
{
    let group = TaskGroup {
        tasks: RefCell::default(),
        outputs: RefCell::default(),
        finished: Rc::default(),
        next: Cell::new(0),
        failure: RefCell::new(None),
        at: Location::caller(),
    };
    async move {
        let given = group.run(body).await;
        group.join(given).await
    }
}

impl<T: 'static, E: 'static> TaskGroup<T, E> {
    /// Spawns a task of the group. After a failure it is cancelled at once.
    ///
    /// # Panics
    ///
    /// If no loop is running.
    #[track_caller]
    pub fn spawn<F>(&self, future: F)
    where
        F: Future<Output = Result<T, E>> + 'static,
    {
        let task = spawn(future);
        if self.failure.borrow().is_some() {
            task.cancel();
        }
        let number = self.next.get();
        self.next.set(number + 1);
        task.join(&self.finished, number);
        self.tasks.borrow_mut().insert(number, task);
    }

    /// Polls the body until it is complete, or a task has failed: then it is dropped.
    async fn run<R>(&self, body: impl AsyncFnOnce(&Self) -> Result<R, E>) -> Option<R> {
        let mut body = pin!(body(self));
        poll_fn(|context| {
            while let Poll::Ready(number) = self.poll_ended(context) {
                self.settle(number);
            }
            if self.failure.borrow().is_some() {
                return Poll::Ready(None);
            }
            match catch_unwind(AssertUnwindSafe(|| body.as_mut().poll(context))) {
                Ok(Poll::Pending) => Poll::Pending,
                Ok(Poll::Ready(Ok(output))) => Poll::Ready(Some(output)),
                Ok(Poll::Ready(Err(error))) => {
                    self.fail(Failure::Error(error));
                    Poll::Ready(None)
                }
                Err(payload) => {
                    self.fail(Failure::Panic(payload));
                    Poll::Ready(None)
                }
            }
        })
        .await
    }

    /// Waits for all tasks, whatever happened.
    async fn join<R>(self, given: Option<R>) -> Result<(R, Vec<T>), E> {
        while !self.tasks.borrow().is_empty() {
            let number = poll_fn(|context| self.poll_ended(context)).await;
            self.settle(number);
        }
        match (self.failure.into_inner(), given) {
            (None, Some(given)) => Ok((given, self.outputs.into_inner().into_values().collect())),
            (Some(Failure::Error(error)), _) => Err(error),
            (Some(Failure::Panic(payload)), _) => resume_unwind(payload),
            (None, None) => unreachable!("a body that gives nothing has failed"),
        }
    }

    fn poll_ended(&self, context: &Context<'_>) -> Poll<usize> {
        let (what, at) = ("task_group", self.at);
        self.finished.poll_next(context, Wait { what, at })
    }

    /// Takes what a task ended with.
    fn settle(&self, number: usize) {
        let task = self.tasks.borrow_mut().remove(&number).expect("a task ends once");
        let ended = catch_unwind(AssertUnwindSafe(|| task.take()));
        match ended {
            Ok(Ok(Ok(output))) => _ = self.outputs.borrow_mut().insert(number, output),
            Ok(Ok(Err(error))) => self.fail(Failure::Error(error)),
            // By a failure of another one.
            Ok(Err(Cancelled)) => {}
            Err(payload) => self.fail(Failure::Panic(payload)),
        }
    }

    /// Cancels all, at the first failure. Later ones are consequences of that.
    fn fail(&self, failure: Failure<E>) {
        if self.failure.borrow().is_some() {
            return;
        }
        self.failure.replace(Some(failure));
        self.tasks.borrow().values().for_each(|task| _ = task.cancel());
    }
}

impl<T, E> fmt::Debug for TaskGroup<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TaskGroup")
            .field("running", &self.tasks.borrow().len())
            .finish_non_exhaustive()
    }
}
