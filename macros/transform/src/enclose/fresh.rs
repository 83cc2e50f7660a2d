//! A borrow of a new value, which a loop, a branch or a `match` goes through while it awaits.
//!
//! ```text
//! for line in load(url).await?.lines() { send(line).await?; }
//! match name().await.as_str() { "" => .., other => greet(other).await }
//! ```
//!
//! The value lives to the end of the statement, beside what borrows it.

use proc_macro2::Span;
use quote::ToTokens;
use syn::{Expr, ExprMethodCall, Pat};

use super::{
    Enclose,
    borrow::awaits,
    known::{self, ADAPTERS, PICKERS},
};
use crate::{pattern, syntax};

/// Methods that give a value of its own.
const MAKERS: [&str; 12] = [
    "clone",
    "to_owned",
    "to_string",
    "to_vec",
    "to_uppercase",
    "to_lowercase",
    "to_ascii_uppercase",
    "to_ascii_lowercase",
    "replace",
    "collect",
    "join",
    "concat",
];

impl Enclose {
    /// Where the borrow is made.
    pub(super) fn goes_through_new(&self, expr: &Expr) -> Option<Span> {
        match expr {
            Expr::ForLoop(expr) => borrows_new(&expr.expr).filter(|_| awaits(expr.body.to_token_stream())),
            Expr::Match(expr) => {
                let binds = expr.arms.iter().any(|arm| binds(&arm.pat));
                let at = borrows_new(&expr.expr).filter(|_| binds)?;
                let awaiting = expr.arms.iter().any(|arm| awaits(arm.to_token_stream()));
                awaiting.then_some(at)
            }
            Expr::If(branches) => in_condition(&branches.cond, &branches.then_branch),
            Expr::While(expr) => in_condition(&expr.cond, &expr.body),
            _ => None,
        }
    }
}

impl Enclose {
    /// `user.email.as_ref().and_then(|email| email.split('@').nth(1))`: what the closure gives is a part of a local.
    pub(super) fn looks_into_view<'e>(&self, call: &'e ExprMethodCall) -> Option<&'e ExprMethodCall> {
        let ("and_then" | "map", Some(Expr::Closure(closure))) = (call.method.to_string().as_str(), call.args.first())
        else {
            return None;
        };
        let Expr::MethodCall(view) = syntax::inner(&call.receiver) else {
            return None;
        };
        let gives = match syntax::inner(&closure.body) {
            Expr::MethodCall(given) => lends(given) || PICKERS.iter().any(|name| given.method == name),
            _ => false,
        };
        let of_local = syntax::root(&view.receiver).is_some_and(|root| self.moves(root));
        (gives && of_local && syntax::is_view(&view.method)).then_some(view)
    }
}

fn in_condition(condition: &Expr, body: &dyn ToTokens) -> Option<Span> {
    let mut binding = syntax::lets(condition).into_iter().filter(|found| binds(&found.pat));
    let borrowed = binding.find_map(|found| borrows_new(&found.expr));
    borrowed.filter(|_| awaits(body.to_token_stream()))
}

fn binds(pat: &Pat) -> bool {
    !pattern::bindings(pat).is_empty()
}

/// `load().await?.lines()`, `&names()`, `text.clone().trim().split(' ')`
fn borrows_new(value: &Expr) -> Option<Span> {
    match syntax::peeled(value) {
        Expr::Reference(reference) => is_new(&reference.expr).then(|| reference.and_token.span),
        Expr::MethodCall(call) => {
            let lends = lends(call) && is_new(&call.receiver);
            let passes = || lends_or_adapts(call).then(|| borrows_new(&call.receiver)).flatten();
            lends.then(|| call.method.span()).or_else(passes)
        }
        _ => None,
    }
}

fn lends(call: &ExprMethodCall) -> bool {
    known::lends(call) || syntax::is_view(&call.method) || call.method == "splitn" || call.method == "rsplitn"
}

fn lends_or_adapts(call: &ExprMethodCall) -> bool {
    let name = call.method.to_string();
    let passes = [&ADAPTERS[..], &PICKERS[..], &["copied", "cloned"]].concat();
    lends(call) || passes.contains(&name.as_str())
}

/// Whether it gives a value of its own.
fn is_new(value: &Expr) -> bool {
    match syntax::peeled(value) {
        Expr::Await(_) => true,
        Expr::Call(call) => !syntax::is_constructor(&call.func),
        Expr::MethodCall(call) => MAKERS.iter().any(|name| call.method == name),
        Expr::Macro(mac) => ["format", "vec"].iter().any(|name| mac.mac.path.is_ident(name)),
        _ => false,
    }
}
