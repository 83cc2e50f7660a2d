//! Three coroutines draw numbers until one passes a threshold. Each waits a while after a number that is too low, and none
//! waits for another.
//!
//! ```text
//! cargo run --example makerandom
//! cargo run --example makerandom -- 7    # other numbers: the seed is an argument, the time is virtual
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

/// Draws numbers from 0 to 10, always the same ones for a seed: Knuth's linear congruential generator.
#[coro]
fn draws(seed: u64) -> impl Iterator<Item = u64> {
    let mut state = seed;
    loop {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        yield_!((state >> 33) % 11);
    }
}

#[coro]
async fn make_random(index: u64, threshold: u64, seed: u64) -> u64 {
    say_when(format_args!("makerandom({index}) begins, threshold {threshold}"));
    for number in draws(seed + index) {
        if number > threshold {
            say_when(format_args!("makerandom({index}) == {number}"));
            return number;
        }
        say_when(format_args!("makerandom({index}) == {number} is too low"));
        sleep(Duration::from_secs(index + 1)).await;
    }
    unreachable!("there is always another number")
}

#[coro]
async fn make_three(seed: u64) -> Vec<u64> {
    let numbers = (0..3).map(|index| make_random(index, 9 - index, seed));
    gather(numbers.collect::<Vec<_>>()).await
}

fn main() -> ExitCode {
    support::main("makerandom [SEED]", seed, print)
}

fn seed(words: &[String]) -> Result<u64, String> {
    match words {
        [] => Ok(444),
        [word] => word
            .parse::<u32>()
            .map(u64::from)
            .map_err(|_| format!("`{word}` is not a number")),
        _ => Err("one number at most".into()),
    }
}

fn print(seed: u64, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let numbers = EventLoop::with_virtual_time().run_until_complete(make_three(seed))?;
    writeln!(out, "{numbers:?}")?;
    Ok(())
}
