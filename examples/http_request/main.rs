//! A parser of HTTP/1.1 requests (RFC 9112) that does no input or output: it is fed with pieces of
//! any size, suspends where it needs more, and says what it has found so far.
//!
//! It reads as if it could wait for its input; see `parse.rs`. This file feeds it with what a file
//! or standard input has, and prints what it says.
//!
//! ```text
//! cargo run --example http_request -- examples/data/order.http
//! cargo run --example http_request -- examples/data/order.http 1    # byte by byte
//! printf 'GET / HTTP/1.1\r\nHost: here\r\n\r\n' | cargo run --example http_request
//! ```

mod grammar;
mod parse;
#[path = "../support/mod.rs"]
mod support;

use parse::{Chunk, Event, parser};
use std::error::Error;
use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::process::ExitCode;
use unawait::prelude::*;

fn main() -> ExitCode {
    support::main("http_request [FILE [PIECE_SIZE]]", arguments, print)
}

fn arguments(words: &[String]) -> Result<(Option<String>, usize), String> {
    match words {
        [] => Ok((None, 4096)),
        [path] => Ok((Some(path.clone()), 4096)),
        [path, word] => match word.parse() {
            Ok(size @ 1..=1_000_000) => Ok((Some(path.clone()), size)),
            _ => Err(format!("`{word}` is not a number from 1 to 1000000")),
        },
        _ => Err("one file and one number at most".into()),
    }
}

fn print((path, size): (Option<String>, usize), out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let (name, mut input): (_, Box<dyn Read>) = match path {
        None => ("standard input".into(), Box::new(io::stdin().lock())),
        Some(path) => match File::open(&path) {
            Ok(file) => (path, Box::new(file)),
            Err(error) => return Err(format!("{path}: {error}").into()),
        },
    };
    let mut parser = parser();
    let mut step = parser.start();
    let request = loop {
        let chunk = match step {
            CoroutineState::Yielded(Event::NeedsMore) => {
                read(&mut input, size).map_err(|error| format!("{name}: {error}"))?
            }
            CoroutineState::Yielded(event) => {
                writeln!(out, "{event}")?;
                Chunk::new()
            }
            CoroutineState::Complete(result) => {
                break result.map_err(|error| format!("{name}, {error}"))?;
            }
        };
        step = parser.resume(chunk);
    };
    let (headers, body) = (request.headers.len(), request.body.len());
    writeln!(
        out,
        "complete {headers} headers, {body} bytes of body, {} in all",
        request.length
    )?;
    Ok(())
}

/// What there is to read, `size` bytes at most.
fn read(input: &mut impl Read, size: usize) -> io::Result<Chunk> {
    let mut chunk = vec![0; size];
    let length = input.read(&mut chunk)?;
    chunk.truncate(length);
    Ok(chunk)
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Event::NeedsMore => write!(f, "needs more"),
            Event::RequestLine(line) => write!(f, "request  {line}"),
            Event::Header(header) => write!(f, "header   {}: {}", header.name, header.value),
            Event::Body(body) => write!(f, "body     {}", body.escape_ascii()),
        }
    }
}
