//! A tokenizer over 1 MB of CSV: two suspensions in a loop, with more to do between them than the resume costs.

use std::io::Write;
use std::pin::pin;
use std::sync::LazyLock;

use unawait::prelude::*;

use crate::adapters::{Polled, Stackful};
use crate::visit::{Number, Visit, peers};

peers! { u64::MAX;
    "hand" => hand,
    "coro" => coro,
    "diapause" => diapause,
    "genawaiter stack" => genawaiter_stack,
    "genawaiter rc" => genawaiter_rc,
    "next-gen" => next_gen,
    "async-stream" => async_stream,
    "corosensei" => corosensei,
}

/// Plain fields and quoted ones of many lengths, in no order that a branch predictor could learn.
static TEXT: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let (mut text, mut seed) = (Vec::new(), 0x9e37_79b9_u32);
    while text.len() < 1_000_000 {
        for column in 0..8 {
            seed ^= seed << 13;
            seed ^= seed >> 17;
            seed ^= seed << 5;
            let length = (seed >> 8) as usize % 16;
            match seed % 8 {
                0 => _ = write!(text, "\"{:,>length$}\"\"\"", column),
                _ => _ = write!(text, "{:a>length$}", column),
            }
            text.push(if column == 7 { b'\n' } else { b',' });
        }
    }
    text
});

pub enum Token<'a> {
    /// As in the text, without the quotes around it.
    Field(&'a [u8]),
    /// The number of the record that ends here.
    End(u32),
}

impl Number for Token<'_> {
    #[inline(always)]
    fn number(self) -> u64 {
        match self {
            Token::Field(text) => text.len() as u64 + u64::from(*text.first().unwrap_or(&0)),
            Token::End(record) => u64::from(record) << 32,
        }
    }
}

/// The field that starts here, and where it ends. Never inlined: what is compared is the code around it.
#[inline(never)]
fn field(text: &[u8], start: usize) -> (&[u8], usize) {
    if text[start] != b'"' {
        let end = text[start..].iter().position(|byte| matches!(byte, b',' | b'\n'));
        let end = end.map_or(text.len(), |length| start + length);
        return (&text[start..end], end);
    }
    let mut end = start + 1;
    loop {
        match (text.get(end), text.get(end + 1)) {
            (Some(b'"'), Some(b'"')) => end += 2,
            (Some(b'"') | None, _) => return (&text[start + 1..end], end + 1),
            _ => end += 1,
        }
    }
}

struct Tokens<'a> {
    text: &'a [u8],
    at: usize,
    record: u32,
    /// A field has been handed out, and what is behind it has not been looked at.
    after_field: bool,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    #[inline]
    fn next(&mut self) -> Option<Token<'a>> {
        if self.after_field {
            self.after_field = false;
            self.at += 1;
            if self.text.get(self.at - 1) == Some(&b'\n') {
                self.record += 1;
                return Some(Token::End(self.record));
            }
        }
        if self.at >= self.text.len() {
            return None;
        }
        let (field, end) = field(self.text, self.at);
        (self.at, self.after_field) = (end, true);
        Some(Token::Field(field))
    }
}

fn hand(visit: impl Visit) -> u64 {
    visit.whole(Tokens {
        text: &TEXT,
        at: 0,
        record: 0,
        after_field: false,
    })
}

#[coro]
fn tokens(text: &[u8]) -> impl Iterator<Item = Token<'_>> {
    let (mut at, mut record) = (0, 0);
    while at < text.len() {
        let (field, end) = field(text, at);
        yield_!(Token::Field(field));
        if text.get(end) == Some(&b'\n') {
            record += 1;
            yield_!(Token::End(record));
        }
        at = end + 1;
    }
}

fn coro(visit: impl Visit) -> u64 {
    visit.whole(tokens(&TEXT))
}

#[diapause::coroutine(yield = Token<'a>)]
fn enumerated<'a>(text: &'a [u8]) {
    let mut at: usize = 0;
    let mut record: u32 = 0;
    while at < text.len() {
        let found = field(text, at);
        let end: usize = found.1;
        yield_!(Token::Field(found.0));
        if text.get(end) == Some(&b'\n') {
            record += 1;
            yield_!(Token::End(record));
        }
        at = end + 1;
    }
}

fn diapause(visit: impl Visit) -> u64 {
    visit.whole(enumerated(&TEXT).into_iter())
}

fn genawaiter_stack(visit: impl Visit) -> u64 {
    let text: &'static [u8] = &TEXT;
    genawaiter::stack::let_gen_using!(tokens, |co| async move {
        let (mut at, mut record) = (0, 0);
        while at < text.len() {
            let (field, end) = field(text, at);
            co.yield_(Token::Field(field)).await;
            if text.get(end) == Some(&b'\n') {
                record += 1;
                co.yield_(Token::End(record)).await;
            }
            at = end + 1;
        }
    });
    visit.whole(tokens.into_iter())
}

fn genawaiter_rc(visit: impl Visit) -> u64 {
    let text: &'static [u8] = &TEXT;
    let tokens = genawaiter::rc::Gen::new(|co| async move {
        let (mut at, mut record) = (0, 0);
        while at < text.len() {
            let (field, end) = field(text, at);
            co.yield_(Token::Field(field)).await;
            if text.get(end) == Some(&b'\n') {
                record += 1;
                co.yield_(Token::End(record)).await;
            }
            at = end + 1;
        }
    });
    visit.whole(tokens.into_iter())
}

#[next_gen::generator(yield(Token<'a>))]
fn pinned<'a>(text: &'a [u8]) {
    let (mut at, mut record) = (0, 0);
    while at < text.len() {
        let (field, end) = field(text, at);
        yield_!(Token::Field(field));
        if text.get(end) == Some(&b'\n') {
            record += 1;
            yield_!(Token::End(record));
        }
        at = end + 1;
    }
}

fn next_gen(visit: impl Visit) -> u64 {
    next_gen::mk_gen!(let tokens = pinned(&TEXT));
    let size = size_of_val(&*tokens);
    visit.visit(tokens.into_iter(), size)
}

fn async_stream(visit: impl Visit) -> u64 {
    let text: &'static [u8] = &TEXT;
    let tokens = pin!(async_stream::stream! {
        let (mut at, mut record) = (0, 0);
        while at < text.len() {
            let (field, end) = field(text, at);
            yield Token::Field(field);
            if text.get(end) == Some(&b'\n') {
                record += 1;
                yield Token::End(record);
            }
            at = end + 1;
        }
    });
    let size = size_of_val(&*tokens);
    visit.visit(Polled(tokens), size)
}

fn corosensei(visit: impl Visit) -> u64 {
    let text: &'static [u8] = &TEXT;
    visit.whole(Stackful::new(move |yielder| {
        let (mut at, mut record) = (0, 0);
        while at < text.len() {
            let (field, end) = field(text, at);
            yielder.suspend(Token::Field(field));
            if text.get(end) == Some(&b'\n') {
                record += 1;
                yielder.suspend(Token::End(record));
            }
            at = end + 1;
        }
    }))
}
