//! Tasks: futures that the event loop runs side by side.
//!
//! ```
//! use std::time::Duration;
//! use unawait::event_loop::run;
//! use unawait::prelude::*;
//! use unawait::task::{Cancelled, spawn};
//! use unawait::time::sleep;
//!
//! #[coro]
//! async fn work(name: &'static str, seconds: u64) -> String {
//!     sleep(Duration::from_millis(seconds)).await;
//!     format!("{name} is done")
//! }
//!
//! #[coro]
//! async fn main_task() -> Result<(), Cancelled> {
//!     let (tea, toast) = (spawn(work("tea", 20)), spawn(work("toast", 10)));
//!     assert_eq!(toast.await?, "toast is done");
//!     assert_eq!(tea.await?, "tea is done");
//!     Ok(())
//! }
//!
//! run(main_task())??;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod blocking;
mod finished;
mod gather;
mod group;
mod registry;
mod shield;
mod step;
mod wait;

use std::error::Error;
use std::fmt;
use std::panic::{Location, resume_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

pub use self::blocking::{Blocking, spawn_blocking};
pub use self::gather::{Gather, gather};
pub use self::group::{TaskGroup, task_group};
pub(crate) use self::registry::{Info, Tasks};
pub use self::shield::{Shield, shield};
pub use self::wait::{AsCompleted, ReturnWhen, as_completed, wait};

use self::finished::Finished;
use self::step::{Outcome, State, Step, Waiter};
use crate::event_loop::EventLoop;
use crate::waiting::{Registration, last_await};

/// Has the running loop run a future beside the others: asyncio's `create_task`. It begins in the next pass.
///
/// # Panics
///
/// If no loop is running: "no running event loop".
#[track_caller]
pub fn spawn<F>(future: F) -> Task<F::Output>
where
    F: Future<Output: 'static> + 'static,
{
    EventLoop::running().spawn(future)
}

impl EventLoop {
    /// Runs a future beside the others: asyncio's `loop.create_task`. It begins in the next pass.
    #[track_caller]
    pub fn spawn<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future<Output: 'static> + 'static,
    {
        self.spawn_at(future, Location::caller())
    }

    fn spawn_at<F>(&self, future: F, at: &'static Location<'static>) -> Task<F::Output>
    where
        F: Future<Output: 'static> + 'static,
    {
        let info = Info::new(self, at);
        let outcome = Rc::new(Outcome::new(info.clone()));
        let shared = self.shared().clone();
        let (step, handle) = async_task::spawn_local(Step::new(future, outcome.clone()), move |step| {
            shared.schedule_step(step);
        });
        self.inner().tasks.insert(info, Some(handle));
        step.schedule();
        Task { outcome: Some(outcome) }
    }
}

/// A spawned future. Awaiting it gives its output, or says that it was [`Cancelled`].
///
/// A panic of the task goes on in who awaits it; if nobody does, it is
/// [reported](crate::event_loop::EventLoop::set_exception_handler). Dropping a `Task` cancels the task, as smol's do;
/// [`detach`](Task::detach) lets it run on, as asyncio's and JavaScript's do.
///
/// Cancel safety: a task can be awaited by reference, `(&mut task).await`, and again after that was dropped.
///
/// # Panics
///
/// Awaiting panics with the panic of the task, and if it has been awaited to its end before.
#[must_use = "a task is cancelled when its handle is dropped: `detach` lets it run on"]
pub struct Task<T> {
    /// `None` once detached.
    outcome: Option<Rc<Outcome<T>>>,
}

impl<T> Task<T> {
    /// Names it, for reports and for [`Deadlock`](crate::event_loop::Deadlock): asyncio's `set_name`.
    pub fn named(self, name: impl Into<String>) -> Self {
        self.info().set_name(name.into());
        self
    }

    /// Its name: the one that it was given, or `Task-1` and so on, as asyncio has it.
    #[must_use]
    pub fn name(&self) -> String {
        self.info().name()
    }

    /// Cancels it. In the next pass it is dropped at the await at which it is suspended: its locals drop, as at a `return`.
    /// Who awaits it gets [`Cancelled`]. Returns `false` if it has already ended, or was cancelled before.
    ///
    /// A task that cancels itself runs on to its next await. If there is none, it is complete, and not cancelled.
    ///
    /// asyncio throws an exception there, which a task may catch; here nothing of the task runs any more but its drops.
    pub fn cancel(&self) -> bool {
        self.info().cancel()
    }

    /// Whether it has completed, panicked, or was cancelled: asyncio's `done`.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.info().has_ended()
    }

    /// Whether it was cancelled before it completed.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.info().is_cancelled()
    }

    /// Lets it run on by itself.
    pub fn detach(mut self) {
        self.outcome = None;
    }

    /// Whether it panicked, and nobody has that panic yet.
    fn has_panicked(&self) -> bool {
        matches!(*self.outcome().state.borrow(), State::Panicked(_))
    }

    /// Has a set of tasks know when it ends.
    fn join(&self, finished: &Rc<Finished>, number: usize) {
        if self.is_finished() {
            finished.push(number);
        } else {
            self.outcome()
                .waiter
                .replace(Some(Waiter::Set(finished.clone(), number)));
        }
    }

    /// What it ended with: its output, or that it was cancelled.
    ///
    /// # Panics
    ///
    /// With the panic of the task.
    fn take(&self) -> Result<T, Cancelled> {
        match self.outcome().take() {
            State::Finished(output) => Ok(output),
            State::Cancelled => Err(Cancelled),
            State::Panicked(payload) => resume_unwind(payload),
            State::Pending | State::Taken => panic!("`Task` polled after it was complete"),
        }
    }

    fn outcome(&self) -> &Rc<Outcome<T>> {
        self.outcome.as_ref().expect("only `detach` takes it, with the task")
    }

    fn info(&self) -> &Rc<Info> {
        &self.outcome().info
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T, Cancelled>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let outcome = self.outcome();
        if !self.is_finished() {
            match &mut *outcome.waiter.borrow_mut() {
                Some(Waiter::Task(registration)) => registration.renew(context),
                other => {
                    *other = Some(Waiter::Task(Registration::new(
                        context,
                        "Task",
                        last_await().unwrap_or(outcome.info.spawned_at),
                    )));
                }
            }
            return Poll::Pending;
        }
        Poll::Ready(self.take())
    }
}

impl<T> Unpin for Task<T> {}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        if let Some(outcome) = &self.outcome {
            outcome.info.cancel();
        }
    }
}

impl<T> fmt::Debug for Task<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = formatter.debug_struct("Task");
        debug
            .field("name", &self.name())
            .field("finished", &self.is_finished())
            .finish()
    }
}

/// The task was cancelled before it completed: asyncio's `CancelledError`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

impl fmt::Display for Cancelled {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the task was cancelled")
    }
}

impl Error for Cancelled {}
