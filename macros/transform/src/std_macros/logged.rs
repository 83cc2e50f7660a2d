//! The macros that log, of `log` and `tracing`, and those of `anyhow` that format: what they show keeps the names that the user wrote.
//!
//! ```text
//! // Input, where the variable `n` has become `n_1`, and `self` `this`:
//! info!(n, %self.name, size = n, "{n} of {}", self.size);
//! // Output:
//! info!(n = n_1, self.name = %this.name, size = n_1, "{n_1} of {}", this.size);
//! ```

use std::cell::RefCell;

use proc_macro2::{Group, Ident, Literal, Spacing, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{LitStr, Macro};

use super::format;

/// Words of these macros, and no variables, in front of `:`.
const OPTIONS: [&str; 4] = ["target", "name", "parent", "logger"];

/// How such a macro reads its arguments.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Logging {
    /// `info!(a, b = c, "format string", d)`
    Fields,
    /// `info_span!("name", a, b = c)`
    Span,
    /// `bail!("format string", a)`
    Message,
}

/// Nothing if the macro is none of these, by its name.
pub(crate) fn logging(mac: &Macro) -> Option<Logging> {
    let name = mac.path.segments.last()?.ident.to_string();
    match name.as_str() {
        "trace" | "debug" | "info" | "warn" | "error" | "event" => Some(Logging::Fields),
        "span" | "trace_span" | "debug_span" | "info_span" | "warn_span" | "error_span" => Some(Logging::Span),
        "log" | "bail" | "ensure" | "anyhow" => Some(Logging::Message),
        _ => None,
    }
}

/// What is done to the tokens of its arguments.
pub(crate) trait Names {
    /// Any tokens, with new names.
    fn tokens(&mut self, tokens: TokenStream) -> TokenStream;

    /// The new name of what a format string captures.
    fn captured(&mut self, name: &Ident) -> Option<Ident>;
}

/// The arguments with new names, and the old ones shown.
pub(crate) fn rewritten(tokens: TokenStream, logging: Logging, names: &mut dyn Names) -> TokenStream {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let ends = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if matches!(mark.as_char(), ',' | ';'));
    // Fields stand in front of the format string, and are nothing to it.
    let behind_format = tokens
        .split(ends)
        .skip_while(|argument| !matches!(argument, [TokenTree::Literal(_)]));
    let mut arguments = Arguments {
        keys: behind_format.filter_map(key).map(|(_, key)| key).collect(),
        fields: logging != Logging::Message,
        formats: logging != Logging::Span,
        names,
    };
    let mut result = TokenStream::new();
    for part in tokens.split_inclusive(ends) {
        let (argument, end) = match part.split_last() {
            Some((last, argument)) if ends(last) => (argument, Some(last)),
            _ => (part, None),
        };
        result.extend(arguments.argument(argument));
        result.extend(end.cloned());
    }
    result
}

struct Arguments<'n> {
    /// Names of arguments: `n = 1`.
    keys: Vec<String>,
    /// Whether a name alone is that of a field.
    fields: bool,
    /// Whether the next string is the format string.
    formats: bool,
    names: &'n mut dyn Names,
}

impl Arguments<'_> {
    fn argument(&mut self, argument: &[TokenTree]) -> TokenStream {
        if let Some((at, _)) = key(argument) {
            let (key, value) = argument.split_at(at);
            let value = self.names.tokens(value.iter().cloned().collect());
            return key.iter().cloned().chain(value).collect();
        }
        let tokens: TokenStream = argument.iter().cloned().collect();
        match argument {
            [TokenTree::Literal(literal)] if self.formats => {
                (self.formats, self.fields) = (false, false);
                self.format(literal)
            }
            // `info!({ a, b }, "format string")`
            [TokenTree::Group(group)] if self.fields && self.formats => {
                let inside = rewritten(group.stream(), Logging::Span, self.names);
                let mut new = Group::new(group.delimiter(), inside);
                new.set_span(group.span());
                new.to_token_stream()
            }
            _ => {
                let new = self.names.tokens(tokens.clone());
                match field(argument).filter(|_| self.fields && new.to_string() != tokens.to_string()) {
                    Some(name) => quote!(#name = #new),
                    None => new,
                }
            }
        }
    }

    fn format(&mut self, literal: &Literal) -> TokenStream {
        let syn::Lit::Str(text) = syn::Lit::new(literal.clone()) else {
            return literal.to_token_stream();
        };
        let names = RefCell::new(&mut *self.names);
        let rename = |name: &Ident| match self.keys.contains(&name.to_string()) {
            true => None,
            false => Some(names.borrow_mut().captured(name)?.to_string()),
        };
        let renamed = format::captures(&text).iter().any(|name| rename(name).is_some());
        let text: LitStr = if renamed { format::renamed(&text, &rename) } else { text };
        text.into_token_stream()
    }
}

/// `key =`, `a.b =`, `"text" =`, `key:? =`, `target:`: where the value begins, and the key.
fn key(argument: &[TokenTree]) -> Option<(usize, String)> {
    let mark = |index: usize| match argument.get(index) {
        Some(TokenTree::Punct(mark)) => Some(mark.as_char()),
        _ => None,
    };
    if let [TokenTree::Ident(word), TokenTree::Punct(colon), ..] = argument
        && (colon.as_char(), colon.spacing()) == (':', Spacing::Alone)
        && OPTIONS.iter().any(|option| word == option)
    {
        return Some((2, word.to_string()));
    }
    let at = (0..argument.len()).find(|&index| mark(index) == Some('='))?;
    let is_key = |token: &TokenTree| match token {
        TokenTree::Ident(_) | TokenTree::Literal(_) => true,
        TokenTree::Punct(mark) => matches!(mark.as_char(), '.' | ':' | '?' | '%'),
        TokenTree::Group(_) => false,
    };
    let assigns = at > 0 && !matches!(mark(at + 1), Some('=' | '>')) && argument[..at].iter().all(is_key);
    assigns.then(|| (at + 1, argument[0].to_string()))
}

/// `name` of `name`, `%name` and `?name`, `a.b` too.
fn field(argument: &[TokenTree]) -> Option<TokenStream> {
    let path = match argument {
        [TokenTree::Punct(mark), path @ ..] if matches!(mark.as_char(), '%' | '?') => path,
        path => path,
    };
    let names = path.iter().enumerate().all(|(index, token)| match token {
        TokenTree::Ident(_) => index % 2 == 0,
        TokenTree::Punct(dot) => index % 2 == 1 && dot.as_char() == '.',
        TokenTree::Group(_) | TokenTree::Literal(_) => false,
    });
    (names && path.len() % 2 == 1).then(|| path.iter().cloned().collect())
}
