//! The first generator: Fibonacci's numbers.
//!
//! `yield_!` hands out a value and suspends the function until the next one is asked for. What
//! `#[coro]` makes of it is an ordinary [`Iterator`].
//!
//! ```text
//! cargo run --example fib        # the first ten
//! cargo run --example fib -- 20
//! ```

mod support;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use unawait::prelude::*;

#[coro]
fn fib() -> impl Iterator<Item = u64> {
    let (mut a, mut b) = (0, 1);
    loop {
        yield_!(a);
        (a, b) = (b, a + b);
    }
}

/// `fib` is always one number ahead, and a `u64` holds 94 of them: the 94th `next` would overflow.
const FIT: usize = 93;

fn main() -> ExitCode {
    support::main("fib [COUNT]", count, print)
}

fn count(words: &[String]) -> Result<usize, String> {
    match words {
        [] => Ok(10),
        [word] => match word.parse() {
            Ok(count) if count <= FIT => Ok(count),
            _ => Err(format!(
                "`{word}` is not a number from 0 to {FIT} (more do not fit a u64)"
            )),
        },
        _ => Err("one number at most".into()),
    }
}

fn print(count: usize, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    for number in fib().take(count) {
        writeln!(out, "{number}")?;
    }
    Ok(())
}
