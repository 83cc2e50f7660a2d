//! An iterator over a text has nothing to drop: it needs no name where a match keeps it.

use unawait::prelude::*;

#[coro]
pub fn characters(text: &str) -> impl Iterator<Item = char> {
    let mut rest = text.trim();
    while let Some(c) = rest.chars().next() {
        yield_!(c);
        rest = &rest[c.len_utf8()..];
    }
}
