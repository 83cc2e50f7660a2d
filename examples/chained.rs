//! Chains: each task awaits one coroutine and then another, which takes what the first gave. The steps of a chain follow each
//! other, the chains run side by side.
//!
//! ```text
//! cargo run --example chained
//! cargo run --example chained -- 9 6 3    # one chain each; the time is virtual
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
use unawait::task::gather;
use unawait::time::sleep;

#[coro]
async fn part1(n: u64) -> String {
    say_when(format_args!("part1({n}) sleeps"));
    sleep(Duration::from_secs(n)).await;
    let result = format!("result{n}-1");
    say_when(format_args!("part1({n}) == {result}"));
    result
}

#[coro]
async fn part2(n: u64, first: &str) -> String {
    say_when(format_args!("part2({n}, {first}) sleeps"));
    sleep(Duration::from_secs(n * 2)).await;
    let result = format!("result{n}-2 derived from {first}");
    say_when(format_args!("part2({n}, {first}) == {result}"));
    result
}

#[coro]
async fn chain(n: u64) -> String {
    let first = part1(n).await;
    let second = part2(n, &first).await;
    format!("chain {n} => {second}")
}

fn main() -> ExitCode {
    support::main("chained [SECONDS ..]", lengths, print)
}

fn lengths(words: &[String]) -> Result<Vec<u64>, String> {
    if words.is_empty() {
        return Ok(vec![3, 2, 1]);
    }
    let number = |word: &String| match word.parse() {
        Ok(seconds @ 0..=1_000_000) => Ok(seconds),
        _ => Err(format!("`{word}` is not a number from 0 to 1000000")),
    };
    words.iter().map(number).collect()
}

fn print(lengths: Vec<u64>, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::with_virtual_time();
    let chains: Vec<_> = lengths.into_iter().map(chain).collect();
    for result in event_loop.run_until_complete(gather(chains))? {
        writeln!(out, "{result}")?;
    }
    writeln!(out, "{} seconds in all", event_loop.time().as_secs())?;
    Ok(())
}
