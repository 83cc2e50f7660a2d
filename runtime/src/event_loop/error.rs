//! Why a loop returned without what it was run for.

use std::error::Error;
use std::fmt;
use std::fs;
use std::io;
use std::panic::Location;

use crate::waiting::Wait;

/// Why a loop returned before the future that it was run for was complete.
#[derive(Debug)]
#[non_exhaustive]
pub enum RunError {
    /// Tasks wait, and nothing can ever wake them.
    Deadlock(Deadlock),
    /// Ctrl-C was pressed.
    Interrupted,
    /// [`stop`](super::EventLoop::stop) was called.
    Stopped,
    /// The system could not wait for sockets.
    Io(io::Error),
}

impl fmt::Display for RunError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunError::Deadlock(deadlock) => deadlock.fmt(formatter),
            RunError::Interrupted => formatter.write_str("interrupted"),
            RunError::Stopped => formatter.write_str("the event loop was stopped before the future had completed"),
            RunError::Io(_) => formatter.write_str("the event loop cannot wait for sockets"),
        }
    }
}

impl Error for RunError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            RunError::Io(error) => Some(error),
            _ => None,
        }
    }
}

/// Nothing is ready, no timer is set, no socket, thread or job is awaited, and yet tasks wait: they would do so for ever.
///
/// A task is not counted as waiting for ever while anything but the futures of this crate has a clone of its waker: a channel
/// of another crate may be served by a thread.
#[derive(Clone, Debug)]
pub struct Deadlock {
    pub(super) tasks: Vec<WaitingTask>,
}

impl Deadlock {
    /// The tasks that wait, in the order in which they were spawned.
    #[must_use]
    pub fn tasks(&self) -> &[WaitingTask] {
        &self.tasks
    }
}

impl fmt::Display for Deadlock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("deadlock: nothing can wake the tasks that wait:")?;
        self.tasks.iter().try_for_each(|task| write!(formatter, "\n  {task}"))
    }
}

impl Error for Deadlock {}

/// A task, and where it waits.
#[derive(Clone, Debug)]
pub struct WaitingTask {
    pub(crate) name: String,
    pub(crate) spawned_at: &'static Location<'static>,
    pub(crate) waits: Vec<Wait>,
}

impl WaitingTask {
    /// Its [name](crate::task::Task::name).
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The places in the source at which it waits: where the futures were made that it polled in vain, which is in front of
    /// the `.await`. Of a task and of a promise, which are made elsewhere, it is the `.await` in a `#[coro]` function; in an `async`
    /// block of rustc's nobody knows that place, and it is where the task was spawned or the promise made. Several for a task that waits for
    /// one of several things; none if what it polled is none of this crate's.
    pub fn waits_at(&self) -> impl Iterator<Item = &'static Location<'static>> {
        self.waits.iter().map(|wait| wait.at)
    }
}

impl fmt::Display for WaitingTask {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.name)?;
        let [waits @ .., last] = &self.waits[..] else {
            return write!(formatter, ", spawned at {}", self.spawned_at);
        };
        waits.iter().try_for_each(|wait| write!(formatter, " {wait} and"))?;
        write!(formatter, " {last}")
    }
}

impl fmt::Display for Wait {
    /// With the line of the source, if it can be read where the program runs.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "in `{}` at {}", self.what, self.at)?;
        match source_line(self.at) {
            Some(line) => write!(formatter, ": `{line}`"),
            None => Ok(()),
        }
    }
}

fn source_line(at: &Location<'_>) -> Option<String> {
    let source = fs::read_to_string(at.file()).ok()?;
    let line = source.lines().nth(usize::try_from(at.line()).ok()?.checked_sub(1)?)?;
    Some(line.trim().to_owned())
}
