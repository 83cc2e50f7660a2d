//! Python's `range`, written as a generator, and its `async` sister, which waits before each number. What each may not do is in
//! README's table of rules: `.await` belongs in an async function or a stream, `yield_from!` does not belong in an async function,
//! and what is awaited has to be a future.
//!
//! ```text
//! cargo run --example range             # 0 1 2 3 4
//! cargo run --example range -- 2 11 3   # from, to, step
//! cargo run --example range -- 5 0 -2
//! ```

mod support;

use std::error::Error;
use std::future::poll_fn;
use std::io::Write;
use std::pin::pin;
use std::process::ExitCode;
use std::time::Duration;

use unawait::event_loop::EventLoop;
use unawait::prelude::*;
use unawait::time::sleep;

/// `range(start, stop, step)`
#[coro]
fn range(start: i64, stop: i64, step: i64) -> impl Iterator<Item = i64> + Clone {
    let mut n = start;
    while (step > 0 && n < stop) || (step < 0 && n > stop) {
        yield_!(n);
        n += step;
    }
}

/// The same, a second apart. It may delegate to nothing but streams, and await what it likes.
#[coro]
fn slow_range(start: i64, stop: i64, step: i64) -> impl Stream<Item = i64> {
    for n in range(start, stop, step) {
        sleep(Duration::from_secs(1)).await;
        yield_!(n);
    }
}

/// Python's `[n async for n in slow_range(..)]`
#[coro]
async fn collect(start: i64, stop: i64, step: i64) -> Vec<i64> {
    let mut numbers = pin!(slow_range(start, stop, step));
    let mut all = Vec::new();
    while let Some(n) = poll_fn(|context| numbers.as_mut().poll_next(context)).await {
        all.push(n);
    }
    all
}

fn main() -> ExitCode {
    support::main("range [START STOP [STEP]]", numbers, print)
}

fn numbers(words: &[String]) -> Result<(i64, i64, i64), String> {
    let number = |word: &String| match word.parse() {
        Ok(number @ -1_000_000..=1_000_000) => Ok(number),
        _ => Err(format!("`{word}` is not a number from -1000000 to 1000000")),
    };
    match words {
        [] => Ok((0, 5, 1)),
        [start, stop] => Ok((number(start)?, number(stop)?, 1)),
        [start, stop, step] => match number(step)? {
            0 => Err("a step of 0 leads nowhere".into()),
            step => Ok((number(start)?, number(stop)?, step)),
        },
        _ => Err("two numbers, or three".into()),
    }
}

fn print((start, stop, step): (i64, i64, i64), out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let join = |numbers: Vec<i64>| numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(" ");
    writeln!(out, "range: {}", join(range(start, stop, step).collect()))?;
    let event_loop = EventLoop::with_virtual_time();
    let numbers = event_loop.run_until_complete(collect(start, stop, step))?;
    let seconds = event_loop.time().as_secs();
    writeln!(out, "slow range: {}, in {seconds} s", join(numbers))?;
    Ok(())
}
