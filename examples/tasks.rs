//! Two workers as tasks, with different delays: awaited in turn and together, cancelled, with a time limit, and as a group.
//!
//! ```text
//! cargo run --example tasks    # on virtual time
//! ```

#[path = "support/say.rs"]
mod say;
mod support;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use say::say_when;
use unawait::event_loop::EventLoop;
use unawait::prelude::*;
use unawait::task::{Cancelled, spawn, task_group};
use unawait::time::{sleep, timeout};

/// Says when the work is over, by any way.
struct Leaving(&'static str);

impl Drop for Leaving {
    fn drop(&mut self) {
        say_when(format_args!("{} puts the tools away", self.0));
    }
}

#[coro]
async fn work(name: &'static str, seconds: u64) -> String {
    let _leaving = Leaving(name);
    sleep(Duration::from_secs(seconds)).await;
    say_when(format_args!("{name} is done"));
    format!("{name}'s work")
}

#[coro]
async fn fail(name: &'static str, seconds: u64) -> Result<String, String> {
    sleep(Duration::from_secs(seconds)).await;
    Err(format!("{name} failed"))
}

/// A coroutine that is awaited runs then and there: three seconds.
#[coro]
async fn in_turn() {
    say_when("in turn");
    work("Ada", 1).await;
    work("Bob", 2).await;
}

/// Tasks run from when they are spawned: two seconds.
#[coro]
async fn together() -> Result<(), Cancelled> {
    say_when("together");
    let ada = spawn(work("Ada", 1));
    let bob = spawn(work("Bob", 2));
    ada.await?;
    bob.await?;
    Ok(())
}

#[coro]
async fn cancelled() {
    say_when("cancelled");
    let bob = spawn(work("Bob", 2)).named("bob");
    sleep(Duration::from_secs(1)).await;
    bob.cancel();
    match bob.await {
        Ok(work) => say_when(work),
        Err(Cancelled) => say_when("Bob was cancelled"),
    }
}

#[coro]
async fn limited() {
    say_when("with a time limit");
    match timeout(Duration::from_secs(1), work("Bob", 2)).await {
        Ok(work) => say_when(work),
        Err(error) => say_when(error),
    }
}

/// A failure ends the others, and nobody goes on before all have ended.
#[coro]
async fn grouped() {
    say_when("as a group");
    let result = task_group(async |group| {
        group.spawn(async { Ok(work("Ada", 5).await) });
        group.spawn(fail("Bob", 2));
        Ok(())
    });
    match result.await {
        Ok(((), works)) => say_when(works.join(", ")),
        Err(error) => say_when(error),
    }
}

#[coro]
async fn all() -> Result<(), Cancelled> {
    in_turn().await;
    together().await?;
    cancelled().await;
    limited().await;
    grouped().await;
    Ok(())
}

fn main() -> ExitCode {
    support::main("tasks", nothing, print)
}

fn nothing(words: &[String]) -> Result<(), String> {
    match words {
        [] => Ok(()),
        [word, ..] => Err(format!("what is `{word}`? nothing is asked for")),
    }
}

fn print((): (), _: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    EventLoop::with_virtual_time().run_until_complete(all())??;
    Ok(())
}
