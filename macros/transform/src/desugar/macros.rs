//! Macros of other crates of which something is known.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::Macro;

/// A macro that awaits what it is given, in place: `tokio::join!(..)`, `futures::select! { .. }`.
pub(crate) fn is_awaiting(mac: &Macro) -> bool {
    let name = mac.path.segments.last().map(|segment| segment.ident.to_string());
    matches!(name.as_deref(), Some("join" | "try_join" | "select" | "select_biased"))
}

/// A macro that mentions no names but those that it is given: those of tokio, futures, log, tracing and anyhow.
pub(super) fn is_hygienic(mac: &Macro) -> bool {
    let name = mac.path.segments.last().map(|segment| segment.ident.to_string());
    let logs = ["trace", "debug", "info", "warn", "error"];
    let fails = ["bail", "ensure", "anyhow"];
    name.is_some_and(|name| is_awaiting(mac) || logs.contains(&name.as_str()) || fails.contains(&name.as_str()))
}

/// A `return`, `?`, `break` or `continue` that would leave the macro: the token, as text and with its place.
pub(super) fn early_exit(tokens: TokenStream) -> Option<(String, Span)> {
    leaves(tokens, false)
}

fn leaves(tokens: TokenStream, mut in_loop: bool) -> Option<(String, Span)> {
    let (around, mut opaque) = (in_loop, false);
    for token in tokens {
        match token {
            TokenTree::Ident(word) => match word.to_string().as_str() {
                "async" => opaque = true,
                "loop" | "while" | "for" => in_loop = true,
                "return" if !opaque => return Some(("return".to_owned(), word.span())),
                "break" | "continue" if !opaque && !in_loop => return Some((word.to_string(), word.span())),
                _ => {}
            },
            TokenTree::Punct(mark) if mark.as_char() == '?' && !opaque => return Some(("?".to_owned(), mark.span())),
            TokenTree::Punct(mark) if mark.as_char() == ';' || mark.as_char() == ',' => {
                (in_loop, opaque) = (around, false);
            }
            TokenTree::Group(group) => {
                if !opaque && let Some(found) = leaves(group.stream(), in_loop) {
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
pub(super) fn pins(mac: &Macro) -> Option<&Ident> {
    last(mac).filter(|name| *name == "pin" || *name == "pin_mut")
}

/// The name of a macro as the user wrote it.
pub(super) fn name(mac: &Macro) -> String {
    let path = &mac.path;
    crate::source::quote_source(&quote::quote!(#path), 40)
}

/// For messages: the word as code.
pub(super) fn last(mac: &Macro) -> Option<&Ident> {
    mac.path.segments.last().map(|segment| &segment.ident)
}
