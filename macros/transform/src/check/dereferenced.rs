//! Which variables are pointers, as the code says that uses them: only `unsafe` code can read or write through one.

use std::collections::BTreeSet;

use proc_macro2::Delimiter;
use syn::{ItemFn, Safety};

use crate::tokens::{self, Token, Words};

/// Variables by what `unsafe` code does with them.
#[derive(Default)]
pub(crate) struct Pointers {
    /// What it dereferences (`*p`, `*view.at`, `p.read()`), and what that is made of (`let p = view.at;`).
    pub dereferenced: BTreeSet<String>,
    /// What it mentions, with what that is made of: it may give a pointer to something that dereferences it.
    pub mentioned: BTreeSet<String>,
}

pub(crate) fn pointers(item: &ItemFn) -> Pointers {
    let block = &item.block;
    let body = tokens::read(quote::quote!(#block));
    let mut found = Pointers::default();
    let mut look = |code: &[Token]| {
        in_unsafe(code, &mut found.dereferenced);
        all(code, &mut found.mentioned);
    };
    match item.sig.safety {
        Safety::Unsafe(_) => look(&body),
        _ => in_code(&body, &mut look),
    }
    for found in [&mut found.dereferenced, &mut found.mentioned] {
        let mut before = 0;
        while std::mem::replace(&mut before, found.len()) < found.len() {
            made_of(&body, found);
        }
    }
    found
}

/// Looks at the `unsafe` blocks of the code.
fn in_code(code: &[Token], look: &mut impl FnMut(&[Token])) {
    for (at, token) in code.iter().enumerate() {
        if let Token::Group(_, inside) = token {
            match at.checked_sub(1).map(|before| &code[before]) {
                Some(before) if before.is_word("unsafe") => look(inside),
                _ => in_code(inside, look),
            }
        }
    }
}

fn in_unsafe(code: &[Token], found: &mut BTreeSet<String>) {
    for (at, token) in code.iter().enumerate() {
        let rest = &code[at + 1..];
        match (token, rest.first()) {
            (Token::Mark('*'), _) if at.checked_sub(1).is_some_and(|before| is_factor(&code[before])) => {}
            (Token::Mark('*'), Some(Token::Word(name))) => {
                found.insert(name.clone());
            }
            (Token::Mark('*'), Some(group @ Token::Group(..))) => all(std::slice::from_ref(group), found),
            (Token::Word(name), _) if is_read_through(rest) => {
                found.insert(name.clone());
            }
            (Token::Group(_, inside), _) => in_unsafe(inside, found),
            _ => {}
        }
    }
}

/// Whether a `*` behind this multiplies.
fn is_factor(before: &Token) -> bool {
    const KEYWORDS: [&str; 6] = ["return", "break", "in", "if", "match", "while"];
    match before {
        Token::Word(word) => !KEYWORDS.contains(&word.as_str()),
        Token::Group(delimiter, _) => *delimiter != Delimiter::Brace,
        Token::Literal(_) => true,
        Token::Mark(_) => false,
    }
}

/// `.read()`, `.at.as_ref()`, as what follows a variable.
fn is_read_through(rest: &[Token]) -> bool {
    const METHODS: [&str; 10] = [
        "read",
        "read_unaligned",
        "read_volatile",
        "write",
        "as_ref",
        "as_mut",
        "add",
        "sub",
        "offset",
        "replace",
    ];
    match rest {
        [dot, Token::Word(name), then, ..] if dot.is_mark('.') => match then {
            Token::Group(..) => METHODS.contains(&name.as_str()),
            _ => is_read_through(&rest[2..]),
        },
        _ => false,
    }
}

/// `p` and its kin of `let q = p;`, where `q` is one of those found.
fn made_of(code: &[Token], found: &mut BTreeSet<String>) {
    for (at, token) in code.iter().enumerate() {
        if let Token::Group(_, inside) = token {
            made_of(inside, found);
        }
        if !token.is_word("let") {
            continue;
        }
        let statement = code[at + 1..]
            .split(|token| token.is_mark(';'))
            .next()
            .unwrap_or_default();
        let mut halves = statement.splitn(2, |token| token.is_mark('='));
        if let (Some(pattern), Some(value)) = (halves.next(), halves.next())
            && found.iter().any(|name| tokens::has_word(pattern, name))
        {
            all(value, found);
        }
    }
}

fn all(code: &[Token], found: &mut BTreeSet<String>) {
    let mut words = Words::default();
    words.add(code);
    found.extend(words.all.into_iter().map(str::to_owned));
}
