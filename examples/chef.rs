//! A chef with one pair of hands: what a step that blocks does to the others. Soup is stirred every second while toast is
//! made in three ways, each of which takes three seconds.
//!
//! 1. `std::thread::sleep`: the loop stands still, and nobody stirs. Debug mode says who is to blame.
//! 2. `sleep(..).await`: the chef does other things meanwhile.
//! 3. `spawn_blocking`: what has to block, blocks a thread of its own.
//!
//! ```text
//! cargo run --example chef
//! cargo run --example chef -- 100    # a second of 100 ms
//! ```

#[path = "support/say.rs"]
mod say;
mod support;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use say::say;
use unawait::event_loop::{EventLoop, RunError};
use unawait::prelude::*;
use unawait::task::{spawn, spawn_blocking};
use unawait::time::{interval, sleep};

#[coro]
async fn stir(second: Duration) {
    let mut interval = interval(second);
    loop {
        interval.tick().await;
        say("  stir");
    }
}

#[coro]
async fn toast_and_block(second: Duration) {
    thread::sleep(3 * second + second / 2);
    sleep(Duration::ZERO).await;
}

#[coro]
async fn toast_and_await(second: Duration) {
    sleep(3 * second + second / 2).await;
}

#[coro]
async fn toast_elsewhere(second: Duration) {
    spawn_blocking(move || thread::sleep(3 * second + second / 2)).await;
}

/// Stirs while toast is made.
#[coro]
async fn cook(second: Duration, toast: impl Future<Output = ()> + 'static) {
    let _soup = spawn(stir(second)).named("soup");
    // Stirring has begun.
    sleep(Duration::ZERO).await;
    let toast = spawn(toast).named("toast");
    if toast.await.is_ok() {
        say("  toast is done");
    }
}

fn main() -> ExitCode {
    support::main("chef [MILLISECONDS]", second, |second, _: &mut dyn Write| print(second))
}

fn second(words: &[String]) -> Result<Duration, String> {
    match words {
        [] => Ok(Duration::from_secs(1)),
        [word] => match word.parse() {
            Ok(milliseconds @ 20..=10_000) => Ok(Duration::from_millis(milliseconds)),
            _ => Err(format!("`{word}` is not a number from 20 to 10000")),
        },
        _ => Err("one number at most".into()),
    }
}

fn print(second: Duration) -> Result<(), Box<dyn Error>> {
    say("thread::sleep:");
    run(second, toast_and_block(second))?;
    say("sleep(..).await:");
    run(second, toast_and_await(second))?;
    say("spawn_blocking:");
    run(second, toast_elsewhere(second))?;
    Ok(())
}

/// In debug mode: steps that take more than half a second are reported.
fn run(second: Duration, toast: impl Future<Output = ()> + 'static) -> Result<(), RunError> {
    let event_loop = EventLoop::new();
    event_loop.set_debug(Some(second / 2));
    event_loop.set_exception_handler(|report| say(format_args!("  {report}")));
    event_loop.run_until_complete(cook(second, toast))
}
