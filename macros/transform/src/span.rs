//! Where generated tokens stand: at the user's token that they implement, so that rustc says there what it says of them.
//!
//! Only the place changes. What a name means is still decided where it was: for ours by the attribute, for the user's where
//! it was written.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, Expr, Label, Meta, Path, Stmt, spanned::Spanned};

/// A token of ours at the user's token.
pub(crate) fn ours(at: Span) -> Span {
    Span::call_site().located_at(at)
}

/// The name, shown at another token.
pub(crate) fn shown_at(name: &Ident, at: Span) -> Ident {
    let mut name = name.clone();
    name.set_span(name.span().located_at(at));
    name
}

/// The name, as if the user had written it there. What binds it has to be at the same token.
pub(crate) fn written_at(name: &Ident, at: Span) -> Ident {
    let mut name = name.clone();
    name.set_span(at);
    name
}

/// The place of a call: `name!(..)` of the user's, or one token.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub name: Span,
    pub parens: Span,
}

impl Place {
    pub fn at(token: Span) -> Self {
        Place {
            name: token,
            parens: token,
        }
    }

    /// `function(arguments)`, from the name to the closing parenthesis: what rustc proposes for the call goes around it.
    pub fn call(self, function: &Path, arguments: TokenStream) -> TokenStream {
        let mut parens = Group::new(Delimiter::Parenthesis, arguments);
        parens.set_span(self.parens);
        let function = path_written_at(function.clone(), self.name);
        quote!(#function #parens)
    }
}

/// The path, shown at another token.
pub(crate) fn path_at(path: Path, at: Span) -> Path {
    path_written_at(path, ours(at))
}

/// The path of an item, as if the user had written it there: rustc says nothing of a macro then, and an item is found from
/// everywhere.
pub(crate) fn path_written_at(mut path: Path, at: Span) -> Path {
    if let Some(colons) = &mut path.leading_colon {
        colons.spans = [at; 2];
    }
    for pair in path.segments.pairs_mut() {
        let (segment, colons) = pair.into_tuple();
        segment.ident.set_span(at);
        if let Some(colons) = colons {
            colons.spans = [at; 2];
        }
    }
    path
}

/// Where the statement begins in the source. Of one that contains others this does not print them all, as `span` would.
pub(crate) fn beginning(stmt: &Stmt) -> Span {
    match stmt {
        Stmt::Local(local) if local.attrs.is_empty() => local.let_token.span,
        Stmt::Expr(Expr::If(expr), _) if expr.attrs.is_empty() => expr.if_token.span,
        Stmt::Expr(Expr::Match(expr), _) if expr.attrs.is_empty() => expr.match_token.span,
        Stmt::Expr(Expr::ForLoop(expr), _) if is_plain(&expr.attrs, expr.label.as_ref()) => expr.for_token.span,
        Stmt::Expr(Expr::While(expr), _) if is_plain(&expr.attrs, expr.label.as_ref()) => expr.while_token.span,
        Stmt::Expr(Expr::Loop(expr), _) if is_plain(&expr.attrs, expr.label.as_ref()) => expr.loop_token.span,
        other => other.span(),
    }
}

fn is_plain(attrs: &[Attribute], label: Option<&Label>) -> bool {
    attrs.is_empty() && label.is_none()
}

/// Where the expression ends in the source.
pub(crate) fn end(expr: &Expr) -> Span {
    if let Expr::Yield(suspension) = expr
        && let Some(Meta::List(source)) = suspension.attrs.first().map(|attr| &attr.meta)
    {
        return source.delimiter.span().close();
    }
    let tokens = expr.to_token_stream().into_iter();
    tokens.last().map_or_else(Span::call_site, |token| token.span())
}
