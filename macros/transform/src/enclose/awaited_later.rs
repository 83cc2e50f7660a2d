//! Whether a future that has a name is awaited later, alone or together with others; or a stream is asked for its items.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{Expr, ExprMethodCall, Pat, Stmt, visit::Visit};

use super::{
    Enclose,
    borrow::unfused,
    kept::{is_lazy, unadapted},
};
use crate::{desugar, pattern, std_macros, syntax};

impl Enclose {
    /// `let reading = socket.recv();`, `let mut rows = table.rows();` that is awaited later: it borrows what it is called on, as
    /// far as one can tell.
    pub(super) fn makes_future<'e>(&self, pat: &Pat, value: &'e Expr, rest: &[Stmt]) -> Option<&'e ExprMethodCall> {
        let name = &pattern::single(pat)?.ident;
        let Expr::MethodCall(call) = unfused(value) else {
            return None;
        };
        let of_local = syntax::root(&call.receiver).is_some_and(|root| self.moves(root)) && !is_lazy(call)
            || self.maps_by_local(value).is_some();
        (of_local && AwaitedLater::is(name, rest)).then_some(call)
    }

    /// `let reading = read(&mut file);`, `let mut rows = query(text).fetch(&pool);` that is awaited later.
    pub(super) fn makes_future_of(&self, pat: &Pat, value: &Expr, rest: &[Stmt]) -> Option<Span> {
        let name = &pattern::single(pat)?.ident;
        let made = unadapted(value);
        // By itself a block is made where it is awaited.
        let is_block = matches!(syntax::inner(value), Expr::Async(_));
        let lent = (!is_block).then(|| self.lent_to(made)).flatten();
        lent.filter(|_| AwaitedLater::is(name, rest)).map(Ident::span)
    }

    /// The local that what makes a future or a stream is given a borrow of.
    fn lent_to<'e>(&'e self, made: &'e Expr) -> Option<&'e Ident> {
        let call = match made {
            Expr::MethodCall(call) => call,
            Expr::Async(block) => return self.borrowed_in(block),
            _ => return self.lent_within(made),
        };
        let mut arguments = call.args.iter().filter_map(|argument| match syntax::inner(argument) {
            Expr::Reference(reference) => syntax::root(&reference.expr),
            _ => None,
        });
        arguments
            .find(|root| self.moves(root))
            .or_else(|| self.lent_to(syntax::inner(&call.receiver)))
    }

    /// The local that an `async` block borrows.
    pub(super) fn borrowed_in(&self, block: &syn::ExprAsync) -> Option<&Ident> {
        let inside = block.block.to_token_stream();
        let borrows =
            |name: &Ident| self.moves(name) && std_macros::mentions(inside.clone(), std::slice::from_ref(name));
        let all = self.variables.between(0, self.variables.len());
        let mut locals = all.iter().map(|variable| &variable.name);
        locals.find(|name| block.capture.is_none() && borrows(name))
    }
}

/// `join(..)`, `timeout(..)`, `poll_immediate(..)`: a function that makes a future of others.
fn combines(function: &Expr) -> bool {
    let Expr::Path(path) = syntax::inner(function) else {
        return false;
    };
    path.path
        .segments
        .last()
        .is_some_and(|segment| is_combining(&segment.ident))
}

fn is_combining(name: &Ident) -> bool {
    let name = name.to_string();
    ["join", "try_join", "select", "timeout", "poll_immediate", "poll_once"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
}

/// `next()`, `try_collect()`: a method that makes a future of a stream.
fn asks(name: &Ident) -> bool {
    let name = name.to_string();
    let name = name.strip_prefix("try_").unwrap_or(&name);
    ["next", "select_next_some", "collect", "fold", "for_each"].contains(&name)
}

/// Finds `name.await`, `join(name, ..).await`, `name.join(other).await` and `join!(name, ..)`; and `name.next().await`.
pub(super) struct AwaitedLater<'n> {
    name: &'n Ident,
    found: bool,
}

impl<'n> AwaitedLater<'n> {
    pub(super) fn is(name: &'n Ident, rest: &[Stmt]) -> bool {
        let mut awaited = AwaitedLater { name, found: false };
        rest.iter().for_each(|stmt| awaited.visit_stmt(stmt));
        awaited.found
    }
}

impl Visit<'_> for AwaitedLater<'_> {
    fn visit_expr_await(&mut self, awaited: &syn::ExprAwait) {
        let is = |expr: &Expr| syntax::variable(expr) == Some(self.name);
        self.found |= match syntax::inner(&awaited.base) {
            Expr::Call(call) => combines(&call.func) && call.args.iter().any(is),
            Expr::MethodCall(call) if is_combining(&call.method) => is(&call.receiver) || call.args.iter().any(is),
            Expr::MethodCall(call) if asks(&call.method) => is(&call.receiver),
            base => is(base),
        };
        syn::visit::visit_expr_await(self, awaited);
    }

    fn visit_macro(&mut self, mac: &syn::Macro) {
        if let Some(arguments) = desugar::awaiting_arguments(mac) {
            arguments.iter().for_each(|argument| self.visit_expr(argument));
        } else {
            std_macros::visit_arguments(mac, self);
        }
        self.found |=
            desugar::is_awaiting(mac) && std_macros::mentions(mac.tokens.clone(), std::slice::from_ref(self.name));
    }
}
