//! Futures that have a name, and are awaited or polled later: alone, or together with others.
//!
//! ```text
//! let reading = socket.recv();
//! let mut reserving = spawn(poll_fn(|cx| sender.poll_reserve(cx)));
//! join(reading, next()).await;
//! assert!(reserving.poll().is_ready());
//! ```

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{
    Expr, ExprMethodCall, Pat, Stmt,
    visit::{self, Visit},
};

use super::{
    Enclose,
    kept::{is_lazy, unadapted},
};
use crate::{desugar, pattern, std_macros, syntax};

impl Enclose {
    /// `let reading = socket.recv();`, `let mut rows = table.rows();`: it borrows what it is called on, as far as one can tell.
    pub(super) fn makes_future<'e>(&self, pat: &Pat, value: &'e Expr, rest: &[Stmt]) -> Option<&'e ExprMethodCall> {
        let name = &pattern::single(pat)?.ident;
        let Expr::MethodCall(call) = future_in(value) else {
            return None;
        };
        let of_local = syntax::root(&call.receiver).is_some_and(|root| self.moves(root)) && !is_lazy(call)
            || self.maps_by_local(value).is_some();
        let later = of_local.then(|| Later::of(name, rest))?;
        (later.awaited || later.polled).then_some(call)
    }

    /// `let reading = read(&mut file);`, `let mut rows = query(text).fetch(&pool);`
    pub(super) fn makes_future_of(&self, pat: &Pat, value: &Expr, rest: &[Stmt]) -> Option<Span> {
        let name = &pattern::single(pat)?.ident;
        let made = unadapted(future_in(value));
        // By itself a block is made where it is awaited.
        let is_block = matches!(syntax::inner(value), Expr::Async(_));
        let lent = (!is_block).then(|| self.lent_to(made)).flatten();
        let at = lent.filter(|_| Later::of(name, rest).awaited).map(Ident::span);
        let polled = || self.lent_to_polled(made).filter(|_| Later::of(name, rest).polled);
        at.or_else(|| matches!(made, Expr::Call(_)).then(polled).flatten())
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

    /// `spawn(receiver.recv())`, `spawn(poll_fn(|cx| sender.poll_reserve(cx)))`: what polls a future has it, and what that borrows.
    fn lent_to_polled(&self, value: &Expr) -> Option<Span> {
        match syntax::inner(value) {
            Expr::Reference(reference) => {
                let root = syntax::root(&reference.expr).filter(|root| self.moves(root));
                root.map(Ident::span)
            }
            Expr::Call(call) => call.args.iter().find_map(|argument| self.lent_to_polled(argument)),
            Expr::MethodCall(call) => {
                let root = syntax::root(&call.receiver).filter(|root| self.moves(root));
                let lent = root.map(|_| call.method.span());
                lent.or_else(|| call.args.iter().find_map(|argument| self.lent_to_polled(argument)))
            }
            other => self.borrows_in_closure(other),
        }
    }
}

/// The future in `future.fuse()`, `future.boxed()` and `Box::pin(future)`.
pub(super) fn future_in(value: &Expr) -> &Expr {
    match syntax::inner(value) {
        Expr::MethodCall(call) if call.method == "fuse" || call.method == "boxed" => syntax::inner(&call.receiver),
        Expr::Call(call) if is_pinning(&call.func) && call.args.len() == 1 => syntax::inner(&call.args[0]),
        other => other,
    }
}

/// `Box::pin`
fn is_pinning(function: &Expr) -> bool {
    let Expr::Path(path) = syntax::inner(function) else {
        return false;
    };
    let mut names = path.path.segments.iter().rev().map(|segment| &segment.ident);
    names.next().is_some_and(|name| name == "pin") && names.next().is_some_and(|name| name == "Box")
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

/// What is done with the future later.
struct Later<'n> {
    name: &'n Ident,
    /// `name.await`, `join(name, ..).await`, `timeout(limit, &mut name).await`, `name.join(other).await` or `join!(name, ..)`; and
    /// `name.next().await`
    awaited: bool,
    /// `name.poll()`, `name.as_mut().poll(cx)`, `Pin::new(&mut name).poll(cx)`
    polled: bool,
}

impl<'n> Later<'n> {
    fn of(name: &'n Ident, rest: &[Stmt]) -> Self {
        let mut later = Later {
            name,
            awaited: false,
            polled: false,
        };
        rest.iter().for_each(|stmt| later.visit_stmt(stmt));
        later
    }

    /// Whether it is the future, a reference to it, or `Box::pin(future)`.
    fn is(&self, expr: &Expr) -> bool {
        match future_in(expr) {
            Expr::Reference(reference) => self.is(&reference.expr),
            Expr::MethodCall(call) if call.method == "as_mut" => self.is(&call.receiver),
            other => syntax::variable(other) == Some(self.name),
        }
    }

    fn is_pinned(&self, expr: &Expr) -> bool {
        match syntax::inner(expr) {
            Expr::Call(call) => call.args.len() == 1 && self.is(&call.args[0]),
            other => self.is(other),
        }
    }
}

impl Visit<'_> for Later<'_> {
    fn visit_expr_await(&mut self, awaited: &syn::ExprAwait) {
        self.awaited |= match syntax::inner(&awaited.base) {
            Expr::Call(call) => combines(&call.func) && call.args.iter().any(|argument| self.is(argument)),
            Expr::MethodCall(call) if is_combining(&call.method) => {
                self.is(&call.receiver) || call.args.iter().any(|argument| self.is(argument))
            }
            Expr::MethodCall(call) if asks(&call.method) => self.is(&call.receiver),
            base => self.is(base),
        };
        visit::visit_expr_await(self, awaited);
    }

    fn visit_expr_method_call(&mut self, call: &ExprMethodCall) {
        self.polled |= (call.method == "poll" || call.method == "poll_unpin") && self.is_pinned(&call.receiver);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, mac: &syn::Macro) {
        match desugar::arguments(mac) {
            Some(arguments) => arguments.iter().for_each(|argument| self.visit_expr(argument)),
            None => std_macros::visit_arguments(mac, self),
        }
        self.awaited |=
            desugar::is_awaiting(mac) && std_macros::mentions(mac.tokens.clone(), std::slice::from_ref(self.name));
    }
}
