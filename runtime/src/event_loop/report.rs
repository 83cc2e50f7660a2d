//! What goes wrong where nobody waits for it.

use std::any::Any;
use std::fmt;
use std::mem;
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::rc::Rc;
use std::time::Duration;

use super::WaitingTask;

/// What a loop has to say, and to nobody in particular. See
/// [`set_exception_handler`](super::EventLoop::set_exception_handler).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Report {
    /// A task panicked, and nobody awaits it.
    TaskPanicked {
        /// Its name.
        task: String,
        /// What it panicked with.
        message: String,
    },
    /// A callback panicked: of the loop, of a promise, or in a drop.
    CallbackPanicked {
        /// What it panicked with.
        message: String,
    },
    /// A promise was rejected, and nobody awaited it.
    UnhandledRejection {
        /// The reason, by its `Debug`.
        reason: String,
        /// Where the promise was made.
        at: &'static Location<'static>,
    },
    /// A step of a task took longer than the loop's [debug](super::EventLoop::set_debug) threshold: all others had to wait.
    SlowStep {
        /// How long it took.
        elapsed: Duration,
        /// The task, and where it waits now.
        task: WaitingTask,
    },
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Report::TaskPanicked { task, message } => {
                write!(formatter, "{task} panicked, and nobody awaited it: {message}")
            }
            Report::CallbackPanicked { message } => write!(formatter, "a callback panicked: {message}"),
            Report::UnhandledRejection { reason, at } => {
                write!(
                    formatter,
                    "a promise made at {at} was rejected, and nobody awaited it: {reason}"
                )
            }
            Report::SlowStep { elapsed, task } => {
                write!(formatter, "a step took {elapsed:?} and held up all others: {task}")
            }
        }
    }
}

/// What is called with each report.
pub(super) type Handler = Rc<dyn Fn(&Report)>;

/// The handler of a loop that was given none.
pub(super) fn default_handler() -> Handler {
    Rc::new(|report| eprintln!("{report}"))
}

/// Calls a handler. If that panics, the report is written to stderr, for reports come from where nothing may panic.
pub(super) fn tell(handler: &dyn Fn(&Report), report: &Report) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(|| handler(report))) {
        let message = message(payload);
        // It panics if stderr is closed: then there is nobody left to tell.
        let _ = catch_unwind(|| eprintln!("{report}\nthe exception handler panicked: {message}"));
    }
}

/// The text that a panic has, if it has one. What it panicked with is dropped, whether that panics or not.
pub(crate) fn message(payload: Box<dyn Any + Send>) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let text = text.unwrap_or("no message").to_owned();
    if let Err(another) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        mem::forget(another);
    }
    text
}
