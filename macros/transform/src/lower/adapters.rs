//! Adapters with a closure over what a loop goes over by position: what they do is done in the body.
//!
//! ```text
//! // Input:
//! for n in words.iter().filter(|w| !w.is_empty()).map(|w| w.len()) { .. }
//! // Output:
//! for w in words.iter() { if Some(&w).is_some_and(|w| !w.is_empty()) { let n = w.len(); .. } }
//! ```
//!
//! `Option` has the closures of `Iterator` for it. One that is not `move` may as well be made in each round: it has nothing of its own.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident};
use syn::{
    Block, Expr, ExprClosure, ExprForLoop, Pat, ReturnType, Stmt, parse_quote, parse_quote_spanned,
    spanned::Spanned,
    visit::{self, Visit},
};

use super::{Lower, iterators::without_copies};
use crate::{desugar, names::Namespace, pattern, span::ours, std_macros, syntax};

/// What variables of ours are called, if that is free.
const ITEM: &[&str] = &["item", "element"];
const FOUND: &[&str] = &["found", "result"];

/// What a loop without the adapters gives.
#[derive(Clone, Copy, PartialEq)]
enum Items {
    References,
    /// With their numbers.
    Counted,
    Owned,
}

/// An adapter, and what it is given.
struct Adapter {
    method: Ident,
    function: Expr,
}

impl Adapter {
    fn only_looks(&self) -> bool {
        self.method == "filter" || self.method == "take_while"
    }
}

impl Lower<'_> {
    /// The loop without the adapters, if it goes by position then.
    pub(super) fn without_adapters(&self, expr: &mut ExprForLoop, number: usize) {
        let (mut base, mut adapters) = (&*expr.expr, Vec::new());
        while let Some((iterated, adapter)) = self.adapter(base) {
            base = iterated;
            adapters.push(adapter);
        }
        let of_method = matches!(syntax::inner(base), Expr::MethodCall(_));
        if adapters.is_empty() || !of_method || !self.goes_by_position(base, number) {
            return;
        }
        let items = match syntax::inner(base) {
            Expr::MethodCall(call) if call.method == "enumerate" => Items::Counted,
            _ if without_copies(base).1.is_some_and(|copies| copies == "cloned") => Items::Owned,
            _ => Items::References,
        };
        let mut adapted = ExprForLoop {
            expr: Box::new(base.clone()),
            ..expr.clone()
        };
        for (index, adapter) in adapters.iter().enumerate() {
            let found = adapters[index + 1..].iter().all(Adapter::only_looks);
            let items = if found { items } else { Items::Owned };
            if leaves_owned(&adapted.pat, adapter, items) {
                return;
            }
            self.within_body(&mut adapted, adapter, items);
        }
        *expr = adapted;
    }

    fn goes_by_position(&self, iterated: &Expr, number: usize) -> bool {
        let counted = match syntax::inner(iterated) {
            Expr::MethodCall(call) if call.method == "enumerate" => &call.receiver,
            _ => iterated,
        };
        self.positions(counted, number).is_some()
    }

    /// `list.iter()` of `list.iter().map(f)`, and `map(f)`.
    fn adapter<'e>(&self, iterated: &'e Expr) -> Option<(&'e Expr, Adapter)> {
        let Expr::MethodCall(call) = syntax::inner(iterated) else {
            return None;
        };
        let known = ["filter", "map", "filter_map", "take_while", "map_while"];
        if call.args.len() != 1 || call.turbofish.is_some() || !known.iter().any(|name| call.method == name) {
            return None;
        }
        let function = syntax::inner(&call.args[0]);
        let made_again = match function {
            Expr::Closure(closure) => is_plain(closure),
            // A variable would be given away.
            Expr::Path(path) => path.path.segments.len() > 1,
            _ => false,
        };
        let adapter = || Adapter {
            method: call.method.clone(),
            function: function.clone(),
        };
        made_again.then(|| (&*call.receiver, adapter()))
    }

    /// The loop whose body does what the adapter does with each item.
    fn within_body(&self, expr: &mut ExprForLoop, adapter: &Adapter, items: Items) {
        let Adapter { method, function } = adapter;
        let at = ours(function.span());
        let pat = (*expr.pat).clone();
        let body = expr.body.clone();
        if adapter.only_looks() {
            let (item, binds) = match item_of(&pat, items).filter(|_| !captures(function, &pat)) {
                Some(item) => (item, None),
                None => {
                    let item = syntax::mention(&free_name(ITEM, &body, function, at));
                    *expr.pat = parse_quote!(#item);
                    (item.clone(), Some(binding(&pat, &item)))
                }
            };
            let some = self.names.path_at("Some", at);
            let condition: Expr = parse_quote_spanned!(at=> #some(&#item).is_some_and(#function));
            let stmts = binds.into_iter().chain(body.stmts);
            expr.body = match method == "filter" {
                true => parse_quote_spanned!(at=> { if #condition { #(#stmts)* } }),
                false => parse_quote_spanned!(at=> { if !#condition { break; } #(#stmts)* }),
            };
            return;
        }
        let (item, value) = self.applied(function, &pat, &body, items);
        *expr.pat = item;
        if method == "map" {
            expr.body.stmts.insert(0, binding(&pat, &value));
            return;
        }
        let some = self.names.path_at("Some", at);
        let result = free_name(FOUND, &body, function, at);
        let stmts = &body.stmts;
        expr.body = match method == "filter_map" {
            true => parse_quote_spanned!(at=> { let #result = #value; if let #some(#pat) = #result { #(#stmts)* } }),
            false => {
                parse_quote_spanned!(at=> { let #result = #value; let #some(#pat) = #result else { break; }; #(#stmts)* })
            }
        };
    }

    /// What the function gives for an item, and the pattern of that: `w.len()` for `w`, of `|w| w.len()`.
    fn applied(&self, function: &Expr, pat: &Pat, body: &Block, items: Items) -> (Pat, Expr) {
        let at = ours(function.span());
        let Expr::Closure(closure) = function else {
            let item = free_name(ITEM, body, function, at);
            return (parse_quote!(#item), parse_quote_spanned!(at=> #function(#item)));
        };
        let (parameter, value) = (&closure.inputs[0], &closure.body);
        let bound = pattern::names(pat);
        let hides = |name: &Ident| !bound.contains(name) && mentions(body, name);
        // Anything but a reference would live on to the end of the body.
        if items != Items::Owned && !matches!(parameter, Pat::Type(_)) && !pattern::names(parameter).iter().any(hides) {
            return (parameter.clone(), (**value).clone());
        }
        let item = free_name(ITEM, body, function, at);
        let binding = binding(parameter, &syntax::mention(&item));
        (parse_quote!(#item), parse_quote_spanned!(at=> { #binding #value }))
    }
}

/// A name that neither the body nor the function mentions.
fn free_name(wishes: &[&str], body: &Block, function: &Expr, at: Span) -> Ident {
    let named = |name: &&str| Ident::new(name, at);
    let free = |name: &Ident| !mentions(body, name) && !mentions(function, name);
    let mut names = wishes
        .iter()
        .map(named)
        .chain((0..).map(|n| format_ident!("item_{n}", span = at)));
    names.find(free).unwrap_or_else(|| Ident::new("item", at))
}

/// `let pat = value;`
fn binding(pat: &Pat, value: &Expr) -> Stmt {
    parse_quote_spanned!(ours(pat.span())=> let #pat = #value;)
}

/// The item as its pattern names it: `w`, `(i, w)` of what is counted.
fn item_of(pat: &Pat, items: Items) -> Option<Expr> {
    let simple = |pat: &Pat| {
        pattern::single(pat)
            .filter(|name| name.by_ref.is_none())
            .map(|name| name.ident.clone())
    };
    match pat {
        Pat::Tuple(pair) if items == Items::Counted => {
            let names: Vec<_> = pair.elems.iter().filter_map(simple).collect();
            (names.len() == 2).then(|| parse_quote!((#(#names),*)))
        }
        _ => simple(pat).map(|name| syntax::mention(&name)),
    }
}

/// Whether a pattern leaves some of a value that would end too early, or too late: that of the loop, of what the adapter gives, or
/// that of the closure, of an item.
fn leaves_owned(pat: &Pat, adapter: &Adapter, items: Items) -> bool {
    let owned = items == Items::Owned;
    let by_closure = match &adapter.function {
        Expr::Closure(closure) => closure.inputs.iter().any(pattern::leaves_something),
        _ => false,
    };
    pattern::leaves_something(pat) && (owned || !adapter.only_looks()) || by_closure && owned && !adapter.only_looks()
}

/// Whether the function mentions variables from outside by the names of a pattern.
fn captures(function: &Expr, pat: &Pat) -> bool {
    let own = match function {
        Expr::Closure(closure) => closure.inputs.iter().flat_map(pattern::names).collect(),
        _ => Vec::new(),
    };
    let names = pattern::names(pat).into_iter();
    names
        .filter(|name| !own.contains(name))
        .any(|name| mentions(function, &name))
}

/// Whether code mentions a variable of the name, in a string as `"{name}"` too.
fn mentions(code: &impl ToTokens, name: &Ident) -> bool {
    let tokens = code.to_token_stream();
    Namespace::of(tokens.clone()).mentions_bare(&name.to_string()) || shows(tokens, name)
}

fn shows(tokens: TokenStream, name: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => shows(group.stream(), name),
        TokenTree::Literal(text) => std_macros::captures_of(&text).contains(name),
        TokenTree::Ident(_) | TokenTree::Punct(_) => false,
    })
}

/// Whether a closure owns nothing, and what it does can be done where it is called.
fn is_plain(closure: &ExprClosure) -> bool {
    let plain = closure.capture.is_none()
        && closure.asyncness.is_none()
        && closure.lifetimes.is_none()
        && matches!(closure.output, ReturnType::Default)
        && closure.inputs.len() == 1;
    plain && !leaves(&closure.body)
}

/// Whether the code leaves its function, or may.
fn leaves(code: &Expr) -> bool {
    struct Leaves(bool);
    impl Visit<'_> for Leaves {
        fn visit_expr(&mut self, expr: &Expr) {
            self.0 |= matches!(expr, Expr::Return(_) | Expr::Try(_));
            visit::visit_expr(self, expr);
        }
        fn visit_macro(&mut self, mac: &syn::Macro) {
            self.0 |= desugar::is_unknown(mac);
        }
    }
    let mut leaves = Leaves(false);
    leaves.visit_expr(code);
    leaves.0
}
