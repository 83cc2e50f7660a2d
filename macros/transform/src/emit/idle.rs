//! Tokens without what is not needed in the place where they came to stand: a `mut`, braces.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::{
    expand::Names,
    source,
    tokens::{self, Token},
};

/// The code of an arm without either, and what it consists of. `read`: the same tokens.
pub(super) fn without_idle(mut code: TokenStream, mut read: Vec<Token>, names: &Names) -> (TokenStream, Vec<Token>) {
    if has_idle_mut(&read, names) {
        code = without_idle_mut(code, &read, names);
        read = tokens::read(code.clone());
    }
    if has_idle_braces(&read) {
        code = without_idle_braces(code);
        read = tokens::read(code.clone());
    }
    (code, read)
}

/// Whether there is a `let mut t` of a variable of ours that nothing mutates.
fn has_idle_mut(tokens: &[Token], names: &Names) -> bool {
    tokens.iter().enumerate().any(|(index, token)| match token {
        Token::Group(_, inside) => has_idle_mut(inside, names),
        token => token.is_word("mut") && is_idle_mut(tokens, index, names),
    })
}

/// Whether the `mut` with this index is one of a `let`, of a variable of ours that nothing mutates up to the end of the block.
fn is_idle_mut(tokens: &[Token], index: usize, names: &Names) -> bool {
    match &tokens[index.saturating_sub(1)..] {
        [first, _, Token::Word(name), rest @ ..] if first.is_word("let") => {
            names.is_our_name(name) && !source::is_mutated(rest, name)
        }
        _ => false,
    }
}

/// Whether there is a block of statements that is all of another one, or its end.
fn has_idle_braces(tokens: &[Token]) -> bool {
    let is_end = |token: &Token| token.is_mark(';');
    let is_statements = |token: &Token| match token {
        Token::Group(Delimiter::Brace, inside) => inside.last().is_some_and(is_end),
        _ => false,
    };
    tokens.iter().any(|token| {
        let Token::Group(delimiter, inside) = token else {
            return false;
        };
        let idle = match inside.as_slice() {
            [block] => is_statements(block),
            [block, end] if is_end(end) => is_statements(block),
            [.., before, block] => is_end(before) && is_statements(block),
            [] => false,
        };
        *delimiter == Delimiter::Brace && idle || has_idle_braces(inside)
    })
}

/// `let mut t = ..` of a variable of ours -> `let t = ..` where nothing mutates it. `read`: the same tokens.
fn without_idle_mut(tokens: TokenStream, read: &[Token], names: &Names) -> TokenStream {
    let walk = |(index, token)| match (token, &read[index]) {
        (TokenTree::Group(group), Token::Group(_, inside)) => {
            let mut new = Group::new(group.delimiter(), without_idle_mut(group.stream(), inside, names));
            new.set_span(group.span());
            Some(TokenTree::Group(new))
        }
        (_, word) if word.is_word("mut") && is_idle_mut(read, index, names) => None,
        (token, _) => Some(token),
    };
    tokens.into_iter().enumerate().filter_map(walk).collect()
}

/// `{ { a; b; }; }` -> `{ a; b; }`
fn without_idle_braces(tokens: TokenStream) -> TokenStream {
    let walk = |token: TokenTree| match token {
        TokenTree::Group(group) => {
            let inside = without_idle_braces(group.stream());
            let inside = match group.delimiter() {
                Delimiter::Brace => unbraced(inside),
                _ => inside,
            };
            let mut new = Group::new(group.delimiter(), inside);
            new.set_span(group.span());
            TokenTree::Group(new)
        }
        other => other,
    };
    tokens.into_iter().map(walk).collect()
}

/// Without the braces of a block of statements that is all there is, or that ends it.
fn unbraced(tokens: TokenStream) -> TokenStream {
    let mut list: Vec<_> = tokens.clone().into_iter().collect();
    if let [TokenTree::Group(_), semicolon] = list.as_slice()
        && is_semicolon(semicolon)
    {
        list.pop();
    }
    let Some(TokenTree::Group(block)) = list.pop() else {
        return tokens;
    };
    // After anything but `;` the braces belong to an `if`, a literal and so on.
    let alone = list.last().is_none_or(is_semicolon);
    match alone && is_statements(&block) {
        true => list.into_iter().chain(block.stream()).collect(),
        false => tokens,
    }
}

fn is_semicolon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';')
}

/// `{ a; b; }`
fn is_statements(block: &Group) -> bool {
    block.delimiter() == Delimiter::Brace
        && block
            .stream()
            .into_iter()
            .last()
            .is_some_and(|last| is_semicolon(&last))
}
