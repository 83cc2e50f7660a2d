//! Reads CSV (RFC 4180) from a file or from standard input and sums up each column, in memory that
//! does not grow with the number of records.
//!
//! `parse` is a coroutine that yields records and *returns* how the file ended, so the `?` in its
//! body just works. `records` makes an ordinary iterator of it, whose last item may be an error.
//!
//! ```text
//! cargo run --example csv -- examples/data/cities.csv
//! sort cities.csv | cargo run --example csv
//! ```

mod support;

use std::error::Error;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Bytes, Write};
use std::process::ExitCode;
use unawait::prelude::*;

/// One record, and the line on which it starts.
struct Record {
    line: u64,
    fields: Vec<String>,
}

#[derive(Debug)]
struct CsvError {
    line: u64,
    problem: String,
}

impl CsvError {
    fn new(line: u64, problem: impl Into<String>) -> Self {
        let problem = problem.into();
        CsvError { line, problem }
    }
}

impl Error for CsvError {}

impl fmt::Display for CsvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.problem)
    }
}

/// The records of `input`, then how it ended. All records are as wide as the first.
#[coro]
fn parse(input: impl BufRead) -> impl Coroutine<Yield = Record, Return = Result<(), CsvError>> {
    let mut source = Source::new(input)?;
    let mut width = None;
    while source.next.is_some() {
        let line = source.line;
        let fields = source.record()?;
        let (found, expected) = (fields.len(), *width.get_or_insert(fields.len()));
        if found != expected {
            let problem = format!("{found} fields, the first line has {expected}");
            return Err(CsvError::new(line, problem));
        }
        yield_!(Record { line, fields });
    }
    Ok(())
}

/// The same as an iterator.
#[coro]
fn records(input: impl BufRead) -> impl Iterator<Item = Result<Record, CsvError>> {
    let mut parser = parse(input);
    loop {
        match parser.resume(()) {
            CoroutineState::Yielded(record) => yield_!(Ok(record)),
            CoroutineState::Complete(Ok(())) => break,
            CoroutineState::Complete(Err(error)) => {
                yield_!(Err(error));
                break;
            }
        }
    }
}

/// The bytes of a file, with one byte of lookahead.
struct Source<R> {
    bytes: Bytes<R>,
    next: Option<u8>,
    line: u64,
}

impl<R: BufRead> Source<R> {
    /// Reads the first byte that is no byte order mark.
    fn new(mut input: R) -> Result<Self, CsvError> {
        let start = input.fill_buf();
        let start = start.map_err(|error| CsvError::new(1, error.to_string()))?;
        if start.starts_with("\u{feff}".as_bytes()) {
            input.consume("\u{feff}".len());
        }
        let (bytes, next, line) = (input.bytes(), None, 1);
        let mut source = Source { bytes, next, line };
        source.advance()?;
        Ok(source)
    }

    fn advance(&mut self) -> Result<(), CsvError> {
        self.line += u64::from(self.next == Some(b'\n'));
        let next = self.bytes.next().transpose();
        self.next = next.map_err(|error| CsvError::new(self.line, error.to_string()))?;
        Ok(())
    }

    /// Takes the next byte if it is this one.
    fn take(&mut self, byte: u8) -> Result<bool, CsvError> {
        let found = self.next == Some(byte);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    /// One record with the line break that ends it; the last one may go without.
    fn record(&mut self) -> Result<Vec<String>, CsvError> {
        let mut fields = vec![self.field()?];
        while self.take(b',')? {
            fields.push(self.field()?);
        }
        if self.take(b'\r')? && self.next != Some(b'\n') {
            return self.fail("a carriage return without a line feed");
        }
        if self.next.is_some() && !self.take(b'\n')? {
            return self.fail("expected a comma or the end of the line after a quoted field");
        }
        Ok(fields)
    }

    fn field(&mut self) -> Result<String, CsvError> {
        let line = self.line;
        let text = match self.take(b'"')? {
            true => self.quoted(line)?,
            false => self.plain()?,
        };
        String::from_utf8(text).map_err(|_| CsvError::new(line, "a field is not UTF-8"))
    }

    /// The rest of a quoted field that was opened on this line; two quotes in it are one.
    fn quoted(&mut self, opened: u64) -> Result<Vec<u8>, CsvError> {
        let mut text = Vec::new();
        while let Some(byte) = self.next {
            self.advance()?;
            if byte == b'"' && !self.take(b'"')? {
                return Ok(text);
            }
            text.push(byte);
        }
        Err(CsvError::new(opened, "this quote is never closed"))
    }

    fn plain(&mut self) -> Result<Vec<u8>, CsvError> {
        let mut text = Vec::new();
        while let Some(byte) = self.next.filter(|byte| !b",\r\n".contains(byte)) {
            if byte == b'"' {
                return self.fail("a quote inside a field that does not start with one");
            }
            text.push(byte);
            self.advance()?;
        }
        Ok(text)
    }

    fn fail<T>(&self, problem: &str) -> Result<T, CsvError> {
        Err(CsvError::new(self.line, problem))
    }
}

/// What one column holds.
struct Column {
    name: String,
    filled: u32,
    /// The fields, as long as all of them are numbers.
    numbers: Option<Numbers>,
    longest: String,
}

#[derive(Clone, Copy)]
struct Numbers {
    sum: f64,
    least: f64,
    most: f64,
}

impl Numbers {
    const NONE: Self = Numbers {
        sum: 0.0,
        least: f64::INFINITY,
        most: f64::NEG_INFINITY,
    };
}

impl Column {
    fn new(name: String) -> Self {
        Column {
            name,
            filled: 0,
            numbers: Some(Numbers::NONE),
            longest: String::new(),
        }
    }

    fn add(&mut self, field: String) {
        if field.is_empty() {
            return;
        }
        self.filled += 1;
        let number = field.trim().parse().ok().filter(|n: &f64| n.is_finite());
        self.numbers = self.numbers.zip(number).map(|(numbers, number)| Numbers {
            sum: numbers.sum + number,
            least: numbers.least.min(number),
            most: numbers.most.max(number),
        });
        if field.chars().count() > self.longest.chars().count() {
            self.longest = field;
        }
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {} filled", self.name, self.filled)?;
        match self.numbers {
            _ if self.filled == 0 => Ok(()),
            None => write!(f, ", the longest is {:?}", self.longest),
            Some(Numbers { sum, least, most }) => {
                let mean = sum / f64::from(self.filled);
                write!(f, ", from {least} to {most}, {mean:.2} on average")
            }
        }
    }
}

fn main() -> ExitCode {
    support::main("csv [FILE]", file, print)
}

fn file(words: &[String]) -> Result<Option<String>, String> {
    match words {
        [] => Ok(None),
        [path] => Ok(Some(path.clone())),
        _ => Err("one file at most".into()),
    }
}

fn print(path: Option<String>, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let Some(path) = path else {
        return summarize("standard input", io::stdin().lock(), out);
    };
    let file = File::open(&path).map_err(|error| format!("{path}: {error}"))?;
    summarize(&path, BufReader::new(file), out)
}

/// The first record names the columns.
fn summarize(name: &str, input: impl BufRead, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let mut records = records(input).map(|record| record.map_err(|error| format!("{name}, {error}")));
    let Some(header) = records.next() else {
        return Err(format!("{name}: no records").into());
    };
    let mut columns: Vec<_> = header?.fields.into_iter().map(Column::new).collect();
    let (mut count, mut end) = (0, 1);
    for record in records {
        let record = record?;
        (count, end) = (count + 1, record.line);
        for (column, field) in columns.iter_mut().zip(record.fields) {
            column.add(field);
        }
    }
    writeln!(out, "{count} records, the last one on line {end}")?;
    for column in columns {
        writeln!(out, "{column}")?;
    }
    Ok(())
}
