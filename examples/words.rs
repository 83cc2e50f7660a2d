//! The ten most frequent words of a text file, from a generator that walks over a `&str`.
//!
//! The words are slices of the text, nothing is copied: `words` borrows its argument, as the
//! elided lifetime in its return type says. Its local `start` lives on between two words.
//!
//! ```text
//! cargo run --example words                  # README.md of this repository
//! cargo run --example words -- notes.txt
//! ```

mod support;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::process::ExitCode;
use unawait::prelude::*;

/// The words of `text`: letters and digits, with apostrophes inside (`don't`).
#[coro]
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut start = None;
    for (i, c) in text.char_indices() {
        match start {
            None if c.is_alphanumeric() => start = Some(i),
            Some(from) if !c.is_alphanumeric() && c != '\'' => {
                yield_!(text[from..i].trim_end_matches('\''));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        yield_!(text[from..].trim_end_matches('\''));
    }
}

/// Every word in lower case with its count, the most frequent first, equals by alphabet.
fn ranking(text: &str) -> Vec<(String, usize)> {
    let mut counts = HashMap::new();
    for word in words(text) {
        *counts.entry(word.to_lowercase()).or_insert(0) += 1;
    }
    let mut ranking: Vec<_> = counts.into_iter().collect();
    ranking.sort_by(|(a, m), (b, n)| (Reverse(m), a).cmp(&(Reverse(n), b)));
    ranking
}

fn main() -> ExitCode {
    support::main("words [FILE]", file, print)
}

fn file(words: &[String]) -> Result<String, String> {
    match words {
        [] => Ok(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md").into()),
        [path] => Ok(path.clone()),
        _ => Err("one file at most".into()),
    }
}

fn print(path: String, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    for (word, count) in ranking(&text).iter().take(10) {
        writeln!(out, "{count:6} {word}")?;
    }
    Ok(())
}
