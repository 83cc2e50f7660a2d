//! Places n queens so that none attacks another, by search with a coroutine that can be cloned.
//!
//! `placement` asks at each row in which column the queen goes, and knows nothing of a search. A
//! suspended coroutine is a value: `outcomes` clones it and gives each clone another answer. That
//! is all that backtracking takes.
//!
//! ```text
//! cargo run --example queens        # eight
//! cargo run --example queens -- 6
//! ```

mod support;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use unawait::prelude::*;

/// Yields the columns that are free in each row, takes one of them, returns all that it took.
#[coro]
fn placement(size: usize) -> impl Coroutine<usize, Yield = Vec<usize>, Return = Vec<usize>> + Clone {
    let mut queens = Vec::new();
    for _row in 0..size {
        let free = (0..size).filter(|&column| is_free(&queens, column)).collect();
        let column = yield_!(free);
        queens.push(column);
    }
    queens
}

/// Is this column of the next row attacked by no queen?
fn is_free(queens: &[usize], column: usize) -> bool {
    let attacks = |(distance, &queen)| queen == column || column.abs_diff(queen) == distance;
    !(1..).zip(queens.iter().rev()).any(attacks)
}

/// What a coroutine returns for all answers to all of its questions. A question is the list of
/// its answers.
#[coro]
fn outcomes<A, C>(asking: C) -> impl Iterator<Item = C::Return>
where
    A: Clone,
    C: Coroutine<A, Yield = Vec<A>> + Clone,
{
    let mut paths = vec![(asking, None)];
    while let Some((mut asking, answer)) = paths.pop() {
        let step = match answer {
            None => asking.start(),
            Some(answer) => asking.resume(answer),
        };
        match step {
            CoroutineState::Yielded(answers) => {
                // The last in is the first out, so the first answer goes in last.
                let answers = answers.into_iter().rev();
                paths.extend(answers.map(|answer| (asking.clone(), Some(answer))));
            }
            CoroutineState::Complete(outcome) => yield_!(outcome),
        }
    }
}

const MOST: usize = 12;

fn main() -> ExitCode {
    support::main("queens [SIZE]", size, print)
}

fn size(words: &[String]) -> Result<usize, String> {
    match words {
        [] => Ok(8),
        [word] => match word.parse() {
            Ok(size) if (1..=MOST).contains(&size) => Ok(size),
            _ => Err(format!("`{word}` is not a number from 1 to {MOST}")),
        },
        _ => Err("one number at most".into()),
    }
}

fn print(size: usize, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let mut solutions = outcomes(placement(size));
    let Some(first) = solutions.next() else {
        writeln!(out, "no solution")?;
        return Ok(());
    };
    for &queen in &first {
        let row: Vec<_> = (0..size)
            .map(|column| if column == queen { "Q" } else { "." })
            .collect();
        writeln!(out, "{}", row.join(" "))?;
    }
    writeln!(out, "one of {} solutions", 1 + solutions.count())?;
    Ok(())
}
