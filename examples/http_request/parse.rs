//! The parser: coroutines that take pieces of the input and yield events.
//!
//! The large one is made of small ones. `yield_from!` runs one to its end, passes its events on,
//! and gives what it returns: what was parsed, and the buffer, which goes in and comes back. `?`
//! leaves with an error that says at which byte of the input it is.

use crate::grammar::{Framing, Header, RequestLine, Text};
use std::error::Error;
use std::fmt;
use unawait::prelude::*;

/// A piece of the input. An empty one in answer to [`Event::NeedsMore`] is the end of it; other
/// events need no input, so there an empty one just goes on.
pub type Chunk = Vec<u8>;

pub enum Event {
    NeedsMore,
    RequestLine(RequestLine),
    /// A header, or a trailer behind a chunked body.
    Header(Header),
    /// The body, or each chunk of a chunked one.
    Body(Vec<u8>),
}

pub struct Request {
    pub headers: Vec<Header>,
    pub body: Vec<u8>,
    /// How many bytes of the input it takes up.
    pub length: usize,
}

#[derive(Debug)]
pub struct ParseError {
    offset: usize,
    problem: &'static str,
}

const LONGEST_LINE: usize = 8 << 10;
const MOST_HEADERS: usize = 100;
pub const LONGEST_BODY: usize = 1 << 20;

#[coro]
pub fn parser() -> impl Coroutine<Chunk, Yield = Event, Return = Result<Request, ParseError>> {
    let (line, mut buffer) = yield_from!(read_line(Buffer::default()))?;
    let line = RequestLine::parse(line.text())?;
    let event = Event::RequestLine(line.clone());
    buffer.bytes.extend(yield_!(event));
    let (headers, buffer) = yield_from!(read_headers(buffer))?;
    let (body, buffer) = match Framing::of(&line, &headers, buffer.used)? {
        Framing::Empty => (Vec::new(), buffer),
        Framing::Length(length) => yield_from!(read_body(length, buffer))?,
        Framing::Chunked => yield_from!(read_chunks(buffer))?,
    };
    let length = buffer.used;
    Ok(Request { headers, body, length })
}

/// Headers, up to the empty line that ends them.
#[coro]
fn read_headers(
    mut buffer: Buffer,
) -> impl Coroutine<Chunk, Yield = Event, Return = Result<(Vec<Header>, Buffer), ParseError>> {
    let mut headers = Vec::new();
    loop {
        let (line, rest) = yield_from!(read_line(buffer))?;
        buffer = rest;
        if line.bytes.is_empty() {
            return Ok((headers, buffer));
        }
        if headers.len() == MOST_HEADERS {
            return line.text().fail("too many headers");
        }
        let header = Header::parse(line.text())?;
        buffer.bytes.extend(yield_!(Event::Header(header.clone())));
        headers.push(header);
    }
}

#[coro]
fn read_body(
    length: usize,
    buffer: Buffer,
) -> impl Coroutine<Chunk, Yield = Event, Return = Result<(Vec<u8>, Buffer), ParseError>> {
    let (body, mut buffer) = yield_from!(read_exactly(length, buffer))?;
    buffer.bytes.extend(yield_!(Event::Body(body.clone())));
    Ok((body, buffer))
}

#[coro]
fn read_chunks(
    mut buffer: Buffer,
) -> impl Coroutine<Chunk, Yield = Event, Return = Result<(Vec<u8>, Buffer), ParseError>> {
    let mut body = Vec::new();
    loop {
        let (line, rest) = yield_from!(read_line(buffer))?;
        let size = line.text().chunk_size(LONGEST_BODY - body.len())?;
        if size == 0 {
            let (_trailers, buffer) = yield_from!(read_headers(rest))?;
            return Ok((body, buffer));
        }
        let (chunk, rest) = yield_from!(read_body(size, rest))?;
        body.extend(chunk);
        let (end, rest) = yield_from!(read_exactly(2, rest))?;
        if end != b"\r\n" {
            return Err(ParseError::at(rest.used - 2, "the chunk does not end here"));
        }
        buffer = rest;
    }
}

/// A line without the line break that ends it.
#[coro]
fn read_line(mut buffer: Buffer) -> impl Coroutine<Chunk, Yield = Event, Return = Result<(Line, Buffer), ParseError>> {
    let offset = buffer.used;
    let mut end = offset;
    while buffer.bytes.get(end) != Some(&b'\n') {
        if end - offset == LONGEST_LINE {
            return Err(ParseError::at(offset, "the line is too long"));
        }
        if end < buffer.bytes.len() {
            end += 1;
        } else {
            buffer.receive(yield_!(Event::NeedsMore))?;
        }
    }
    let mut bytes = buffer.take(end + 1 - offset);
    if !bytes.ends_with(b"\r\n") {
        return Err(ParseError::at(end, "a line feed without a carriage return"));
    }
    bytes.truncate(bytes.len() - 2);
    Ok((Line { offset, bytes }, buffer))
}

#[coro]
fn read_exactly(
    length: usize,
    mut buffer: Buffer,
) -> impl Coroutine<Chunk, Yield = Event, Return = Result<(Vec<u8>, Buffer), ParseError>> {
    while buffer.bytes.len() - buffer.used < length {
        buffer.receive(yield_!(Event::NeedsMore))?;
    }
    Ok((buffer.take(length), buffer))
}

/// All that was received, and how much of it has been parsed.
#[derive(Default)]
struct Buffer {
    bytes: Vec<u8>,
    used: usize,
}

impl Buffer {
    fn receive(&mut self, chunk: Chunk) -> Result<(), ParseError> {
        if chunk.is_empty() {
            return Err(ParseError::at(self.bytes.len(), "the input ends too early"));
        }
        self.bytes.extend(chunk);
        Ok(())
    }

    fn take(&mut self, length: usize) -> Vec<u8> {
        let taken = self.bytes[self.used..][..length].to_vec();
        self.used += length;
        taken
    }
}

struct Line {
    offset: usize,
    bytes: Vec<u8>,
}

impl Line {
    fn text(&self) -> Text<'_> {
        Text::new(self.offset, &self.bytes)
    }
}

impl ParseError {
    pub fn at(offset: usize, problem: &'static str) -> Self {
        ParseError { offset, problem }
    }
}

impl Error for ParseError {}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}: {}", self.offset, self.problem)
    }
}
