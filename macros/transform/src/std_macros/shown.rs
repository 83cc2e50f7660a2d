//! Macros that show the source of an argument: what they show stays what the user wrote, whatever stands there now.
//!
//! ```text
//! // Input, with `this.count` for `self.count`:
//! assert!(self.count > 0);
//! dbg!(self.count);
//! // Output:
//! assert!(this.count > 0, "assertion failed: self.count > 0");
//! dbg!("self.count" => this.count);
//! ```
//!
//! No `dbg!` of a user's looks so. [`named`] makes the runtime's macro of it, which takes a text, when all else is done.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Expr, Macro, Path, spanned::Spanned};

use super::StdMacro;
use crate::source::quote_source;

impl StdMacro {
    /// The call with these expressions in place of the user's.
    pub(crate) fn rewritten(&self, exprs: Vec<Expr>) -> Macro {
        let is_dbg = super::known_name(&self.original.path).is_some_and(|name| name == "dbg");
        let mut shows = false;
        let exprs = exprs.into_iter().zip(&self.arguments).map(|(expr, argument)| {
            let (new, old) = (expr.to_token_stream(), argument.expr.to_token_stream());
            if !argument.shown || new.to_string() == old.to_string() {
                return expr;
            }
            shows = true;
            let source = quote_source(&old, usize::MAX);
            Expr::Verbatim(match is_dbg {
                true => quote!(#source => #new),
                false => {
                    let message = failed(&source);
                    quote!(#new, #message)
                }
            })
        });
        let exprs = exprs.collect();
        let mut mac = self.rebuild(exprs);
        if is_dbg && shows {
            mac.path = Ident::new("dbg", mac.path.span()).into();
        }
        mac
    }
}

/// What an assertion without a message says, as a format string.
pub(crate) fn failed(condition: &str) -> String {
    format!("assertion failed: {condition}")
        .replace('{', "{{")
        .replace('}', "}}")
}

/// The tokens with `path` as the name of each `dbg!` that is given its text; nothing if there is none.
pub(crate) fn named(tokens: TokenStream, path: &Path) -> Option<TokenStream> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut result = TokenStream::new();
    let mut found = false;
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(name) if name == "dbg" && is_given_text(&tokens[index + 1..]) => {
                found = true;
                result.extend(beginning_at(name.span(), path));
            }
            TokenTree::Group(group) => match named(group.stream(), path) {
                Some(inside) => {
                    found = true;
                    let mut new = Group::new(group.delimiter(), inside);
                    new.set_span(group.span());
                    result.extend([TokenTree::Group(new)]);
                }
                None => result.extend([token.clone()]),
            },
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => result.extend([token.clone()]),
        }
    }
    found.then_some(result)
}

/// The place that a macro shows is where its name begins.
fn beginning_at(at: Span, path: &Path) -> impl Iterator<Item = TokenTree> {
    path.to_token_stream().into_iter().map(move |mut token| {
        token.set_span(at);
        token
    })
}

/// `!("text" => ..)`, of any of its arguments.
fn is_given_text(rest: &[TokenTree]) -> bool {
    let [TokenTree::Punct(bang), TokenTree::Group(arguments), ..] = rest else {
        return false;
    };
    let arguments: Vec<_> = arguments.stream().into_iter().collect();
    bang.as_char() == '!'
        && arguments.windows(3).any(|tokens| {
            matches!(tokens, [TokenTree::Literal(_), TokenTree::Punct(equals), TokenTree::Punct(greater)]
                if equals.as_char() == '=' && greater.as_char() == '>')
        })
}
