//! A suspension at the end of a branch goes on behind the scopes that end there, as the branches without one do.

use unawait::prelude::*;

#[coro]
pub fn merged(left: Vec<String>, right: Vec<String>) -> impl Iterator<Item = String> {
    let mut left = left.into_iter().peekable();
    let mut right = right.into_iter().peekable();
    loop {
        let next = match (left.peek(), right.peek()) {
            (Some(a), Some(b)) if a <= b => left.next(),
            (_, Some(_)) => right.next(),
            (Some(_), None) => left.next(),
            (None, None) => break,
        };
        if let Some(text) = next {
            yield_!(text);
        }
    }
}
