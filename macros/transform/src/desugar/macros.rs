//! Macros of other crates of which something is known.

use crate::std_macros;
use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::quote;
use syn::{
    Expr, Macro, Token,
    parse::{ParseStream, Parser},
    punctuated::Punctuated,
};

/// A macro that awaits what it is given, in place: `tokio::join!(..)`, `futures::select! { .. }`.
pub(crate) fn is_awaiting(mac: &Macro) -> bool {
    last(mac).is_some_and(is_awaiting_name)
}

fn is_awaiting_name(name: &Ident) -> bool {
    ["join", "try_join", "select", "select_biased", "poll"]
        .iter()
        .any(|known| name == known)
}

/// A macro, not one of std's, that waits somewhere within.
pub(crate) fn awaits(mac: &Macro) -> bool {
    let hidden = || std_macros::hidden_await(mac.tokens.clone()) || hidden_awaiting(mac.tokens.clone());
    is_awaiting(mac) || std_macros::parse(mac).is_none() && hidden()
}

/// What the macro awaits or pins, as far as it takes that by value: the operands of `join!`, the futures of tokio's `select!`.
pub(crate) fn awaited_operands(mac: &Macro) -> Option<Vec<Expr>> {
    let name = last(mac)?;
    if name == "join" || name == "try_join" {
        let operands = |input: ParseStream| {
            biased(input)?;
            list(input)
        };
        return operands.parse2(mac.tokens.clone()).ok();
    }
    if pins(mac).is_some() {
        return list.parse2(mac.tokens.clone()).ok();
    }
    let takes = is_awaiting(mac) && super::select::is_of_tokio(mac);
    takes.then(|| super::select::operands(mac)).flatten()
}

/// The arguments of a macro that we do not know, where they are expressions: `assert_ok!(receiver.await)`.
pub(crate) fn arguments(mac: &Macro) -> Option<Vec<Expr>> {
    let unknown = std_macros::parse(mac).is_none();
    unknown.then(|| list.parse2(mac.tokens.clone()).ok()).flatten()
}

/// The same, of one that awaits among them.
pub(crate) fn awaiting_arguments(mac: &Macro) -> Option<Vec<Expr>> {
    std_macros::hidden_await(mac.tokens.clone())
        .then(|| arguments(mac))
        .flatten()
}

/// A macro that awaits among its arguments, and may hide a `return`.
pub(crate) fn may_hide_return(mac: &Macro) -> bool {
    is_unknown(mac) && std_macros::hidden_await(mac.tokens.clone())
}

/// A macro that may hide a `return`, for all we know: what asserts or logs does not, and anyhow's macros fail as `?` does.
pub(crate) fn is_unknown(mac: &Macro) -> bool {
    let named = |known: &[&str]| last(mac).is_some_and(|name| known.iter().any(|known| name == known));
    let asserts = last(mac).is_some_and(|name| name.to_string().contains("assert"));
    let harmless = asserts || is_hygienic(mac) || named(&["log", "event"]);
    !harmless && std_macros::parse(mac).is_none()
}

/// `a, b, c`
fn list(input: ParseStream) -> syn::Result<Vec<Expr>> {
    let list = Punctuated::<Expr, Token![,]>::parse_terminated(input)?;
    Ok(list.into_iter().collect())
}

/// The `biased;` that `join!` and `select!` of tokio may begin with.
pub(super) fn biased(input: ParseStream) -> syn::Result<TokenStream> {
    let ahead = input.fork();
    if !ahead.parse::<Ident>().is_ok_and(|word| word == "biased") || !ahead.peek(Token![;]) {
        return Ok(TokenStream::new());
    }
    let (word, semi): (Ident, Token![;]) = (input.parse()?, input.parse()?);
    Ok(quote!(#word #semi))
}

/// A macro that mentions no names but those that it is given: those of tokio, futures, log, tracing, anyhow and serde.
pub(super) fn is_hygienic(mac: &Macro) -> bool {
    let name = mac.path.segments.last().map(|segment| segment.ident.to_string());
    let known = ["bail", "ensure", "anyhow", "json"];
    is_awaiting(mac)
        || is_logging(mac)
        || pins(mac).is_some()
        || name.is_some_and(|name| known.contains(&name.as_str()))
}

/// Whether it logs, at a level.
pub(crate) fn is_logging(mac: &Macro) -> bool {
    let levels = ["trace", "debug", "info", "warn", "error"];
    let name = mac.path.segments.last().map(|segment| &segment.ident);
    name.is_some_and(|name| levels.iter().any(|level| name == level))
}

/// Whether such a macro is called somewhere in the tokens, outside of what follows `async`.
pub(crate) fn hidden_awaiting(tokens: TokenStream) -> bool {
    let is_call = |tokens: &[TokenTree], index: usize| {
        let called = matches!(tokens.get(index + 1), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
        called && matches!(&tokens[index], TokenTree::Ident(name) if is_awaiting_name(name))
    };
    std_macros::hidden(tokens, &is_call).is_some()
}

/// A `return`, `?`, `break` or `continue` that would leave the macro: the token, as text and with its place.
pub(super) fn early_exit(tokens: TokenStream) -> Option<(String, Span)> {
    let mut own = Vec::new();
    labels(tokens.clone(), &mut own);
    leaves(tokens, false, &own)
}

/// The labels that stand in front of a loop or a block: `'a: loop`.
fn labels(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => labels(group.stream(), found),
            _ => {
                let colon = matches!(tokens.get(index + 2), Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
                found.extend(label(&tokens[index..]).filter(|_| colon));
            }
        }
    }
}

/// The name of the label with which these begin.
fn label(tokens: &[TokenTree]) -> Option<String> {
    match tokens {
        [TokenTree::Punct(mark), TokenTree::Ident(name), ..] if mark.as_char() == '\'' => Some(name.to_string()),
        _ => None,
    }
}

fn leaves(tokens: TokenStream, mut in_loop: bool, own: &[String]) -> Option<(String, Span)> {
    let (around, mut opaque) = (in_loop, false);
    let tokens: Vec<_> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        let jumps = || label(&tokens[index + 1..]).map_or(!in_loop, |label| !own.contains(&label));
        match token {
            TokenTree::Ident(word) => match word.to_string().as_str() {
                "async" => opaque = true,
                "loop" | "while" | "for" => in_loop = true,
                "return" if !opaque => return Some(("return".to_owned(), word.span())),
                "break" | "continue" if !opaque && jumps() => return Some((word.to_string(), word.span())),
                _ => {}
            },
            TokenTree::Punct(mark) if mark.as_char() == '?' && !opaque => return Some(("?".to_owned(), mark.span())),
            TokenTree::Punct(mark) if mark.as_char() == ';' || mark.as_char() == ',' => {
                (in_loop, opaque) = (around, false);
            }
            TokenTree::Group(group) => {
                if !opaque && let Some(found) = leaves(group.stream(), in_loop, own) {
                    return Some(found);
                }
                if group.delimiter() == Delimiter::Brace {
                    (in_loop, opaque) = (around, false);
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    None
}

/// The name in `tokio::pin!(future)` and `pin_mut!(future)`, which declare a variable.
pub(crate) fn pins(mac: &Macro) -> Option<&Ident> {
    last(mac).filter(|name| *name == "pin" || *name == "pin_mut")
}

/// The name of a macro as the user wrote it.
pub(crate) fn name(mac: &Macro) -> String {
    let path = &mac.path;
    crate::source::quote_source(&quote!(#path), 40)
}

/// For messages: the word as code.
pub(super) fn last(mac: &Macro) -> Option<&Ident> {
    mac.path.segments.last().map(|segment| &segment.ident)
}
