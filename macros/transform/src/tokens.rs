//! Tokens that are asked many questions, read once: a token stream of the compiler's is a handle, and each look at one of its
//! tokens goes through the compiler.
//!
//! Input: any tokens. Output: a tree of words, marks and groups, in their order.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use crate::std_macros;

/// One token.
pub(crate) enum Token {
    Word(String),
    Mark(char),
    Group(Delimiter, Vec<Token>),
    /// What it captures, if it is a format string.
    Literal(Vec<String>),
}

impl Token {
    pub fn is_word(&self, word: &str) -> bool {
        matches!(self, Token::Word(other) if other == word)
    }

    pub fn is_mark(&self, mark: char) -> bool {
        matches!(self, Token::Mark(other) if *other == mark)
    }
}

/// Reads tokens.
pub(crate) fn read(tokens: TokenStream) -> Vec<Token> {
    let token = |token| match token {
        TokenTree::Ident(word) => Token::Word(word.to_string()),
        TokenTree::Punct(mark) => Token::Mark(mark.as_char()),
        TokenTree::Group(group) => Token::Group(group.delimiter(), read(group.stream())),
        TokenTree::Literal(literal) => {
            let captured = std_macros::captures_of(&literal);
            Token::Literal(captured.iter().map(Ident::to_string).collect())
        }
    };
    tokens.into_iter().map(token).collect()
}

/// Words, and the names that format strings capture.
#[derive(Default)]
pub(crate) struct Words<'t> {
    pub all: BTreeSet<&'t str>,
    /// Those that a `use` may have brought: no `Await2` of `State::Await2`, no `take` of `list.take(1)`.
    pub bare: BTreeSet<&'t str>,
}

impl<'t> Words<'t> {
    pub fn add(&mut self, tokens: &'t [Token]) {
        for (index, token) in tokens.iter().enumerate() {
            match token {
                Token::Word(word) => {
                    self.all.insert(word);
                    let before = &tokens[..index];
                    if !is_path(before) && !is_field(before) {
                        self.bare.insert(word);
                    }
                }
                Token::Group(_, inside) => self.add(inside),
                Token::Literal(captured) => captured.iter().for_each(|word| {
                    self.all.insert(word);
                    self.bare.insert(word);
                }),
                Token::Mark(_) => {}
            }
        }
    }
}

/// Whether they end with `::`.
fn is_path(before: &[Token]) -> bool {
    matches!(before, [.., first, second] if first.is_mark(':') && second.is_mark(':'))
}

/// Whether they end with the `.` of a field or a method, and not with that of a range.
fn is_field(before: &[Token]) -> bool {
    match before {
        [.., first, second] => second.is_mark('.') && !first.is_mark('.'),
        _ => false,
    }
}

/// Calls `f` with each word that is not the name of a field, and with what format strings capture.
pub(crate) fn each_used_word(tokens: &[Token], f: &mut impl FnMut(&str)) {
    let followed = |index: usize| tokens.get(index).is_some_and(|next| next.is_mark(':'));
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Word(_) if followed(index + 1) && !followed(index + 2) => {}
            Token::Word(word) => f(word),
            Token::Group(_, inside) => each_used_word(inside, f),
            Token::Literal(captured) => captured.iter().for_each(|word| f(word)),
            Token::Mark(_) => {}
        }
    }
}

/// Whether the word stands in the tokens, other than in a format string.
pub(crate) fn has_word(tokens: &[Token], word: &str) -> bool {
    count(tokens, word) > 0
}

/// How often the word stands in the tokens, other than in format strings.
pub(crate) fn count(tokens: &[Token], word: &str) -> usize {
    let count = |token: &Token| match token {
        Token::Word(other) => usize::from(other == word),
        Token::Group(_, inside) => count(inside, word),
        Token::Mark(_) | Token::Literal(_) => 0,
    };
    tokens.iter().map(count).sum()
}

/// Those of `names` that stand in the tokens, in order of their first mentions.
pub(crate) fn mentions(tokens: &[Token], names: &[Ident], found: &mut Vec<Ident>) {
    let note = |word: &str, found: &mut Vec<Ident>| {
        if let Some(name) = names.iter().find(|name| *name == word)
            && !found.contains(name)
        {
            found.push(name.clone());
        }
    };
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Word(_) if is_field(&tokens[..index]) => {}
            Token::Word(word) => note(word, found),
            Token::Group(_, inside) => mentions(inside, names, found),
            Token::Literal(captured) => captured.iter().for_each(|word| note(word, found)),
            Token::Mark(_) => {}
        }
    }
}
