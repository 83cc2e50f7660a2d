//! What happens to errors. One is raised in a task and caught where the task is awaited, one is a panic and is caught there
//! too, and two are handled by nobody: the loop reports those.
//!
//! ```text
//! cargo run --example risky
//! ```

#[path = "support/say.rs"]
mod say;
mod support;

use std::error::Error;
use std::fmt;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::Duration;

use say::say;
use unawait::event_loop::{EventLoop, Report};
use unawait::prelude::*;
use unawait::promise::Promise;
use unawait::task::{Task, spawn};
use unawait::time::sleep;

#[derive(Debug)]
struct TooRisky(u32);

impl fmt::Display for TooRisky {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a risk of {} % is too much", self.0)
    }
}

impl Error for TooRisky {}

#[coro]
async fn risky(percent: u32) -> Result<&'static str, TooRisky> {
    sleep(Duration::from_millis(1)).await;
    if percent > 50 {
        return Err(TooRisky(percent));
    }
    Ok("it went well")
}

/// `raise` in a task, `except` where it is awaited: an `Err`, and a `match`.
#[coro]
async fn caught() {
    for percent in [20, 80] {
        let task = spawn(risky(percent));
        match task.await {
            Ok(Ok(outcome)) => say(outcome),
            Ok(Err(error)) => say(format_args!("caught: {error}")),
            Err(cancelled) => say(cancelled),
        }
    }
}

/// A panic goes on in who awaits the task. Here that is another task, and the loop outlives both.
#[coro]
async fn panics() {
    let first: Task<()> = spawn(async { panic!("the rope broke") });
    let mut second = spawn(async move { first.await.is_ok() });
    sleep(Duration::from_millis(1)).await;
    let is_finished = second.is_finished();
    let caught = catch_unwind(AssertUnwindSafe(|| poll_once(&mut second)));
    say(format_args!("finished: {is_finished}, panicked: {}", caught.is_err()));
}

/// Polls a task that has ended, outside of an `.await`, so that its panic can be caught.
fn poll_once<T>(task: &mut Task<T>) {
    use std::pin::Pin;
    use std::task::{Context, Waker};
    let _ = Pin::new(task).poll(&mut Context::from_waker(Waker::noop()));
}

/// Nobody awaits these. asyncio says "exception was never retrieved", Node.js "unhandled rejection".
#[coro]
async fn unhandled() {
    spawn(async { panic!("nobody looks") }).named("unwatched").detach();
    let rejected = Promise::<(), TooRisky>::reject(TooRisky(99));
    drop(rejected);
    sleep(Duration::from_millis(1)).await;
}

fn main() -> ExitCode {
    support::main("risky", nothing, |(), _: &mut dyn Write| play())
}

fn nothing(words: &[String]) -> Result<(), String> {
    match words {
        [] => Ok(()),
        [word, ..] => Err(format!("what is `{word}`? nothing is asked for")),
    }
}

fn play() -> Result<(), Box<dyn Error>> {
    // The default hook writes all panics to stderr, those that are caught too. What is left for us is what nobody handled.
    std::panic::set_hook(Box::new(|_| {}));
    let event_loop = EventLoop::new();
    event_loop.set_exception_handler(|report| match report {
        Report::TaskPanicked { task, message } => say(format_args!("reported: {task} panicked: {message}")),
        Report::UnhandledRejection { reason, .. } => say(format_args!("reported: a promise was rejected: {reason}")),
        other => say(format_args!("reported: {other}")),
    });
    event_loop.run_until_complete(async {
        caught().await;
        panics().await;
        unhandled().await;
    })?;
    event_loop.close();
    Ok(())
}
