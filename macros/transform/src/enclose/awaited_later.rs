//! Whether a future that has a name is awaited later, alone or together with others.

use proc_macro2::Ident;
use syn::{Expr, Stmt, visit::Visit};

use crate::{desugar, std_macros, syntax};

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

/// Finds `name.await`, `join(name, ..).await`, `name.join(other).await` and `join!(name, ..)`.
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
