//! Three counters. Each says "One", waits a second and says "Two". Run side by side that takes one second in all; one after
//! the other, three.
//!
//! ```text
//! cargo run --example countasync
//! cargo run --example countasync -- 100    # a second of 100 ms
//! ```

#[path = "support/say.rs"]
mod say;
mod support;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use say::say;
use unawait::event_loop::run;
use unawait::prelude::*;
use unawait::task::gather;
use unawait::time::sleep;

#[coro]
async fn count(second: Duration) {
    say("One");
    sleep(second).await;
    say("Two");
}

#[coro]
async fn count_together(second: Duration) {
    gather((count(second), count(second), count(second))).await;
}

/// The same without `async`: the thread sleeps, and nobody else can do anything meanwhile.
fn count_sync(second: Duration) {
    say("One");
    thread::sleep(second);
    say("Two");
}

fn count_in_turn(second: Duration) {
    for _ in 0..3 {
        count_sync(second);
    }
}

fn main() -> ExitCode {
    support::main("countasync [MILLISECONDS]", second, print)
}

fn second(words: &[String]) -> Result<Duration, String> {
    match words {
        [] => Ok(Duration::from_secs(1)),
        [word] => match word.parse() {
            Ok(milliseconds @ 1..=10_000) => Ok(Duration::from_millis(milliseconds)),
            _ => Err(format!("`{word}` is not a number from 1 to 10000")),
        },
        _ => Err("one number at most".into()),
    }
}

fn print(second: Duration, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    run(count_together(second))?;
    let together = start.elapsed();

    let start = Instant::now();
    count_in_turn(second);
    let in_turn = start.elapsed();

    writeln!(out, "together: {together:.2?}, in turn: {in_turn:.2?}")?;
    Ok(())
}
