//! Which variables are pointers, as the code says that uses them: only `unsafe` code can read or write through one.

use std::collections::BTreeSet;

use syn::{ItemFn, Safety};

use crate::tokens::{self, Token};

/// The variables that `unsafe` code dereferences (`*p`, `*view.at`, `p.read()`), and those that they are made of
/// (`let p = view.at;`).
pub(crate) fn dereferenced(item: &ItemFn) -> BTreeSet<String> {
    let block = &item.block;
    let body = tokens::read(quote::quote!(#block));
    let mut found = BTreeSet::new();
    match item.sig.safety {
        Safety::Unsafe(_) => in_unsafe(&body, &mut found),
        _ => in_code(&body, &mut found),
    }
    loop {
        let before = found.len();
        made_of(&body, &mut found);
        if found.len() == before {
            return found;
        }
    }
}

/// Those in the `unsafe` blocks of the code.
fn in_code(code: &[Token], found: &mut BTreeSet<String>) {
    for (at, token) in code.iter().enumerate() {
        if let Token::Group(_, inside) = token {
            match at.checked_sub(1).map(|before| &code[before]) {
                Some(before) if before.is_word("unsafe") => in_unsafe(inside, found),
                _ => in_code(inside, found),
            }
        }
    }
}

fn in_unsafe(code: &[Token], found: &mut BTreeSet<String>) {
    for (at, token) in code.iter().enumerate() {
        let rest = &code[at + 1..];
        match (token, rest.first()) {
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
    let mut words = BTreeSet::new();
    tokens::words(code, &mut words);
    found.extend(words.into_iter().map(str::to_owned));
}
