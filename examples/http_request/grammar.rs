//! What the lines of a request mean: ordinary functions, called when a line is complete.

use crate::parse::{LONGEST_BODY, ParseError};
use std::fmt;

#[derive(Clone)]
pub struct RequestLine {
    method: String,
    target: String,
    /// HTTP/1.0 or HTTP/1.1.
    minor: u8,
}

impl RequestLine {
    pub fn parse(line: Text<'_>) -> Result<Self, ParseError> {
        let Some((method, rest)) = line.split(b' ') else {
            return line.fail("expected a method, a target and a version");
        };
        let Some((target, version)) = rest.split(b' ') else {
            return rest.fail("expected a target and a version");
        };
        let method = method.made_of(is_token, "no method has this byte")?;
        let target = target.made_of(u8::is_ascii_graphic, "no target has this byte")?;
        let minor = match version.bytes {
            b"HTTP/1.0" => 0,
            b"HTTP/1.1" => 1,
            _ => return version.fail("expected HTTP/1.1 or HTTP/1.0"),
        };
        Ok(RequestLine { method, target, minor })
    }
}

impl fmt::Display for RequestLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} HTTP/1.{}", self.method, self.target, self.minor)
    }
}

#[derive(Clone)]
pub struct Header {
    pub name: String,
    /// Bytes outside ASCII are taken as Latin-1.
    pub value: String,
    /// Where the value stands in the input.
    offset: usize,
}

impl Header {
    pub fn parse(line: Text<'_>) -> Result<Self, ParseError> {
        let Some((name, value)) = line.split(b':') else {
            return line.fail("expected a header, with a colon");
        };
        let name = name.made_of(is_token, "no name of a header has this byte")?;
        let value = value.trim();
        let refused = |byte: &u8| byte.is_ascii_control() && *byte != b'\t';
        if let Some(at) = value.bytes.iter().position(refused) {
            return Err(ParseError::at(value.offset + at, "no header has this byte"));
        }
        let text = value.bytes.iter().copied().map(char::from).collect();
        Ok(Header {
            name,
            value: text,
            offset: value.offset,
        })
    }

    fn fail<T>(&self, problem: &'static str) -> Result<T, ParseError> {
        Err(ParseError::at(self.offset, problem))
    }

    /// The header of this name; two are refused.
    fn only<'a>(headers: &'a [Header], name: &str) -> Result<Option<&'a Header>, ParseError> {
        let mut named = headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
        match (named.next(), named.next()) {
            (_, Some(second)) => second.fail("this header stands here for the second time"),
            (first, None) => Ok(first),
        }
    }
}

/// Where the body ends.
pub enum Framing {
    Empty,
    Length(usize),
    Chunked,
}

impl Framing {
    /// What can be understood in two ways is refused: that is how requests are smuggled.
    pub fn of(line: &RequestLine, headers: &[Header], end: usize) -> Result<Self, ParseError> {
        if Header::only(headers, "Host")?.is_none() && line.minor == 1 {
            return Err(ParseError::at(end, "HTTP/1.1 asks for the header Host"));
        }
        let length = Header::only(headers, "Content-Length")?;
        let coding = Header::only(headers, "Transfer-Encoding")?;
        match (length, coding) {
            (None, None) => Ok(Framing::Empty),
            (Some(length), None) => {
                let digits = Text::new(length.offset, length.value.as_bytes());
                digits.number(10, LONGEST_BODY).map(Framing::Length)
            }
            (Some(_), Some(coding)) => coding.fail("Transfer-Encoding beside Content-Length"),
            (None, Some(coding)) if line.minor == 0 => coding.fail("HTTP/1.0 has no such header"),
            (None, Some(coding)) if coding.value.eq_ignore_ascii_case("chunked") => Ok(Framing::Chunked),
            (None, Some(coding)) => coding.fail("expected `chunked`"),
        }
    }
}

/// A part of a line that knows where in the input it stands.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    offset: usize,
    bytes: &'a [u8],
}

impl<'a> Text<'a> {
    pub fn new(offset: usize, bytes: &'a [u8]) -> Self {
        Text { offset, bytes }
    }

    pub fn fail<T>(self, problem: &'static str) -> Result<T, ParseError> {
        Err(ParseError::at(self.offset, problem))
    }

    /// The size of a chunk; what follows a semicolon is left alone.
    pub fn chunk_size(self, most: usize) -> Result<usize, ParseError> {
        let digits = self.split(b';').map_or(self, |(digits, _extensions)| digits);
        digits.number(16, most)
    }

    /// What is before and behind the first of these bytes.
    fn split(self, separator: u8) -> Option<(Self, Self)> {
        let at = self.bytes.iter().position(|&byte| byte == separator)?;
        let before = Text::new(self.offset, &self.bytes[..at]);
        let behind = Text::new(self.offset + at + 1, &self.bytes[at + 1..]);
        Some((before, behind))
    }

    /// Without the blanks around it.
    fn trim(self) -> Self {
        let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
        let start = self.bytes.iter().take_while(is_blank).count();
        let bytes = &self.bytes[start..];
        let end = bytes.len() - bytes.iter().rev().take_while(is_blank).count();
        Text::new(self.offset + start, &bytes[..end])
    }

    /// The text, which is of ASCII and not empty, if all of its bytes are allowed.
    fn made_of(self, allowed: fn(&u8) -> bool, problem: &'static str) -> Result<String, ParseError> {
        match self.bytes.iter().position(|byte| !allowed(byte)) {
            Some(at) => Err(ParseError::at(self.offset + at, problem)),
            None if self.bytes.is_empty() => self.fail("something is missing here"),
            None => Ok(self.bytes.iter().copied().map(char::from).collect()),
        }
    }

    fn number(self, radix: u32, most: usize) -> Result<usize, ParseError> {
        let digits = match radix {
            16 => self.made_of(u8::is_ascii_hexdigit, "expected a hexadecimal number")?,
            _ => self.made_of(u8::is_ascii_digit, "expected a number")?,
        };
        match usize::from_str_radix(&digits, radix) {
            Ok(number) if number <= most => Ok(number),
            _ => self.fail("the body is too long"),
        }
    }
}

fn is_token(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte)
}
