//! `select!` whose branches leave it -> a `match` on what it gives.
//!
//! ```text
//! // Input:
//! select! { Some(x) = a.recv() => sum += x, _ = stop => break, else => return sum }
//! // Output:
//! match select! { Some(x) = a.recv() => Await3::Await0(x), branch = stop => Await3::Await1(branch), else => Await3::Await2(()) } {
//!     Await3::Await0(x) => sum += x,
//!     Await3::Await1(branch) => break,
//!     Await3::Await2(()) => return sum,
//! }
//! ```
//!
//! The macro runs the branch that it chose once all its futures are gone, so nothing lies between the two. Syntax: tokio's and
//! that of futures.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Expr, Macro, Pat, Token, parse::ParseStream, parse::Parser, parse_quote, visit_mut::VisitMut};

use super::macros::biased;
use crate::pattern;

struct Select {
    /// `biased;`, or nothing.
    biased: TokenStream,
    branches: Vec<Branch>,
}

struct Branch {
    /// `pattern = future, if condition`, or `else`, `complete`, `default`.
    head: Head,
    handler: Expr,
}

#[allow(clippy::large_enum_variant, reason = "short-lived, and patterns are not worth a box")]
enum Head {
    Future { pat: Pat, rest: TokenStream },
    Word(TokenStream),
}

/// The `match`, if the branches can be told apart. `variant` makes the paths of the runtime's enum for so many branches.
pub(super) fn rewrite(mac: &Macro, variant: &dyn Fn(usize, usize) -> syn::Path) -> Option<Expr> {
    let Select { biased, branches } = parse(mac)?;
    if branches.len() < 2 || branches.len() > 16 {
        return None;
    }
    let count = branches.len();
    let (mut inside, mut arms) = (TokenStream::new(), TokenStream::new());
    for (number, branch) in branches.into_iter().enumerate() {
        let (path, handler) = (variant(number, count), branch.handler);
        match branch.head {
            Head::Word(word) => {
                inside.extend(quote!(#word => #path(()),));
                arms.extend(quote!(#path(()) => #handler,));
            }
            Head::Future { mut pat, rest } => {
                let named = named(&mut pat);
                let names: Vec<_> = named.iter().map(|binding| &binding.ident).collect();
                let (given, taken) = match (names.as_slice(), named.as_slice()) {
                    ([name], [binding]) => (name.to_token_stream(), binding.to_token_stream()),
                    _ => (quote!((#(#names),*)), quote!((#(#named),*))),
                };
                inside.extend(quote!(#pat = #rest => #path(#given),));
                arms.extend(quote!(#path(#taken) => #handler,));
            }
        }
    }
    let mut mac = mac.clone();
    mac.tokens = quote!(#biased #inside);
    let braced = Expr::Macro(syn::ExprMacro { attrs: Vec::new(), mac });
    syn::parse2(quote!(match #braced { #arms })).ok()
}

/// What the pattern binds, without `mut` in it; a `_` that is all of it gets a name, since its value lives as long as the branch.
fn named(pat: &mut Pat) -> Vec<syn::PatIdent> {
    if matches!(pat, Pat::Wild(_)) {
        *pat = parse_quote!(_branch);
    }
    let found = pattern::bindings(pat);
    WithoutMut.visit_pat_mut(pat);
    let taken = found.into_iter().map(|binding| syn::PatIdent {
        by_ref: None,
        subpat: None,
        ..binding
    });
    taken.collect()
}

struct WithoutMut;

impl VisitMut for WithoutMut {
    fn visit_pat_ident_mut(&mut self, pat: &mut syn::PatIdent) {
        if pat.by_ref.is_none() {
            pat.mutability = None;
        }
        syn::visit_mut::visit_pat_ident_mut(self, pat);
    }
}

fn parse(mac: &Macro) -> Option<Select> {
    select.parse2(mac.tokens.clone()).ok()
}

fn select(input: ParseStream) -> syn::Result<Select> {
    let (biased, mut branches) = (biased(input)?, Vec::new());
    while !input.is_empty() {
        let head = head(input)?;
        input.parse::<Token![=>]>()?;
        let handler: Expr = handler(input)?;
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
        }
        branches.push(Branch { head, handler });
    }
    Ok(Select { biased, branches })
}

/// A block ends where it closes; any other expression goes to the comma.
fn handler(input: ParseStream) -> syn::Result<Expr> {
    match input.peek(syn::token::Brace) {
        true => Ok(Expr::Block(syn::ExprBlock {
            attrs: Vec::new(),
            label: None,
            block: input.parse()?,
        })),
        false => input.parse(),
    }
}

fn head(input: ParseStream) -> syn::Result<Head> {
    let word = ["else", "complete", "default"];
    let ahead = input.fork();
    if let Ok(found) = ahead.call(<Ident as syn::ext::IdentExt>::parse_any)
        && word.iter().any(|word| found == word)
        && ahead.peek(Token![=>])
    {
        let word: Ident = input.call(<Ident as syn::ext::IdentExt>::parse_any)?;
        return Ok(Head::Word(word.to_token_stream()));
    }
    let pat = Pat::parse_multi_with_leading_vert(input)?;
    input.parse::<Token![=]>()?;
    let mut rest = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![=>]) {
        rest.extend([input.parse::<TokenTree>()?]);
    }
    Ok(Head::Future { pat, rest })
}

/// The tokens of the branches' futures, without those of the branches: what must not leave the macro.
pub(super) fn futures(mac: &Macro) -> Option<TokenStream> {
    let futures = parse(mac)?.branches.into_iter().filter_map(|branch| match branch.head {
        Head::Future { rest, .. } => {
            let mut group = Group::new(Delimiter::Brace, rest);
            group.set_span(Span::call_site());
            Some(TokenTree::Group(group))
        }
        Head::Word(_) => None,
    });
    Some(futures.collect())
}

/// For each branch the tokens in front of `=>`, the pattern apart, and those behind it, where the pattern's names hide others.
pub(crate) fn scopes(mac: &Macro) -> Option<Vec<(Option<Pat>, TokenStream, TokenStream)>> {
    let scopes = parse(mac)?.branches.into_iter().map(|branch| {
        let handler = branch.handler.to_token_stream();
        match branch.head {
            Head::Word(word) => (None, word, handler),
            Head::Future { pat, rest } => (Some(pat), rest, handler),
        }
    });
    Some(scopes.collect())
}

/// The code of the branches.
pub(crate) fn handlers(mac: &Macro) -> Option<Vec<Expr>> {
    let handlers = parse(mac)?.branches.into_iter().map(|branch| branch.handler);
    Some(handlers.collect())
}

/// The tokens of the macro with other code in its branches.
pub(crate) fn with_handlers(mac: &Macro, handlers: Vec<Expr>) -> Option<TokenStream> {
    let Select { biased, branches } = parse(mac)?;
    let branches = branches
        .into_iter()
        .zip(handlers)
        .map(|(branch, handler)| match branch.head {
            Head::Word(word) => quote!(#word => #handler,),
            Head::Future { pat, rest } => quote!(#pat = #rest => #handler,),
        });
    Some(quote!(#biased #(#branches)*))
}

/// Whether the macro is tokio's, which takes its futures by value; that of futures borrows those that have a name.
pub(super) fn is_of_tokio(mac: &Macro) -> bool {
    let path = mac.path.segments.first().is_some_and(|first| first.ident == "tokio");
    let is_else = |branch: &Branch| matches!(&branch.head, Head::Word(word) if word.to_string() == "else");
    path || parse(mac).is_some_and(|select| !select.biased.is_empty() || select.branches.iter().any(is_else))
}

/// The futures as expressions.
pub(super) fn operands(mac: &Macro) -> Option<Vec<Expr>> {
    let future = |input: ParseStream| {
        let future: Expr = input.parse()?;
        input.parse::<TokenStream>()?;
        Ok(future)
    };
    let futures = parse(mac)?.branches.into_iter().filter_map(|branch| match branch.head {
        Head::Future { rest, .. } => Some(future.parse2(rest)),
        Head::Word(_) => None,
    });
    futures.collect::<syn::Result<_>>().ok()
}

/// Whether a branch has code of the function, which may move and assign its variables: more than a value for the choice.
pub(super) fn has_code(mac: &Macro) -> bool {
    let gives_away = |branch: &Branch| {
        let bound = match &branch.head {
            Head::Future { pat, .. } => pattern::names(pat),
            Head::Word(_) => Vec::new(),
        };
        gives_variable(&branch.handler, &bound)
    };
    let has_code = |branch: &Branch| !is_value(&branch.handler) || gives_away(branch);
    parse(mac).is_some_and(|select| select.branches.iter().any(has_code))
}

/// Whether a part of the value is a variable of the function, which the other branches leave where it is.
fn gives_variable(value: &Expr, bound: &[Ident]) -> bool {
    match value {
        Expr::Path(_) => crate::syntax::variable(value).is_some_and(|name| {
            !bound.contains(name)
                && name
                    .to_string()
                    .starts_with(|first: char| first.is_lowercase() || first == '_')
        }),
        Expr::Paren(paren) => gives_variable(&paren.expr, bound),
        Expr::Tuple(tuple) => tuple.elems.iter().any(|value| gives_variable(value, bound)),
        Expr::Call(call) => call.args.iter().any(|value| gives_variable(value, bound)),
        Expr::Block(block) => block
            .block
            .stmts
            .iter()
            .any(|stmt| matches!(stmt, syn::Stmt::Expr(value, None) if gives_variable(value, bound))),
        _ => false,
    }
}

/// A value that is made of others, and nothing but that.
fn is_value(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) | Expr::Path(_) => true,
        Expr::Paren(paren) => is_value(&paren.expr),
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_value),
        Expr::Call(call) => crate::syntax::is_constructor(&call.func) && call.args.iter().all(is_value),
        Expr::Block(block) => match block.block.stmts.as_slice() {
            [] => true,
            [syn::Stmt::Expr(value, None)] => is_value(value),
            _ => false,
        },
        // `sum += x` of a variable that goes into the future and comes back.
        Expr::Binary(binary) => is_value(&binary.left) && is_value(&binary.right),
        _ => false,
    }
}
