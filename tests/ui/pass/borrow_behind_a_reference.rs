//! What is referred to is bound before the method changes it.

use unawait::prelude::*;

struct Lexer<'a> {
    rest: &'a str,
}

impl Lexer<'_> {
    fn skip(&mut self, count: usize) {
        self.rest = &self.rest[count..];
    }
}

#[coro]
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut lexer = Lexer { rest: text };
    let rest = lexer.rest;
    let word = &rest[..2];
    lexer.skip(2);
    yield_!("first");
    yield_!(word);
    yield_!(lexer.rest);
}

fn main() {
    assert!(words("abcd").eq(["first", "ab", "cd"]));
}
