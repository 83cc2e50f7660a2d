//! What goes wrong where nobody waits for it.

use std::fmt;
use std::panic::Location;
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

/// The text that a panic has, if it has one.
pub(crate) fn message(payload: &(dyn std::any::Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}
