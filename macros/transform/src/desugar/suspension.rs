//! What a `yield` expression was in the source, by the attribute on it that [`desugar`](super::desugar) leaves: how it is
//! suspended, its text for comments, and where errors go.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{ExprYield, Meta, MetaList};

use crate::{source::quote_source, span::Place};

/// What a suspension was in the source.
pub(crate) struct Source {
    tokens: TokenStream,
    pub what: What,
    pub place: Place,
}

impl Source {
    /// It, on one line of a comment.
    pub fn text(&self) -> String {
        quote_source(&self.tokens, 60)
    }
}

/// How a function is suspended.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum What {
    Yield,
    /// `yield_from!`
    Delegate,
    /// `.await`
    Await,
    /// A macro that awaits its operands itself: `join!(..)`.
    AwaitMacro,
}

impl What {
    pub fn awaits(self) -> bool {
        matches!(self, What::Await | What::AwaitMacro)
    }

    /// The name of the attribute that stands for it.
    pub(super) fn name(self) -> &'static str {
        match self {
            What::Yield => "yield_",
            What::Delegate => "yield_from",
            What::Await => "await_",
            What::AwaitMacro => "await_macro",
        }
    }
}

/// What the suspension was in the source.
pub(crate) fn source(suspension: &ExprYield) -> Source {
    let nowhere = Span::call_site();
    let nothing = || (Ident::new("yield_", nowhere), TokenStream::new(), nowhere);
    let found = written(suspension).and_then(|list| {
        let parens = list.delimiter.span().join();
        Some((list.path.get_ident()?.clone(), list.tokens.clone(), parens))
    });
    let (name, tokens, parens) = found.unwrap_or_else(nothing);
    let what = what(suspension);
    let tokens = match what {
        What::Yield | What::Delegate => quote!(#name!(#tokens)),
        What::Await | What::AwaitMacro => tokens,
    };
    Source {
        tokens,
        what,
        place: Place {
            name: name.span(),
            parens,
        },
    }
}

/// [`source`] without its text.
pub(crate) fn what(suspension: &ExprYield) -> What {
    let name = written(suspension).and_then(|list| list.path.get_ident());
    let all = [What::Yield, What::Delegate, What::Await, What::AwaitMacro];
    all.into_iter()
        .find(|what| name.is_some_and(|name| name == what.name()))
        .unwrap_or(What::Yield)
}

/// The attribute that keeps it.
fn written(suspension: &ExprYield) -> Option<&MetaList> {
    suspension.attrs.iter().find_map(|attr| match &attr.meta {
        Meta::List(list) if list.path.get_ident().is_some() => Some(list),
        _ => None,
    })
}
