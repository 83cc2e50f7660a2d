//! What an await gives, and that is read at once, as one does with what borrows.
//!
//! ```text
//! let name = table.row(1).await?.name.clone();
//! assert_eq!(table.row(1).await?.cells.len(), 3);
//! ```

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{Expr, ExprMethodCall, Macro};

use super::Enclose;
use crate::{std_macros, syntax};

/// Methods that read what they are called on, and give a value of its own or what is read on.
const READERS: [&str; 12] = [
    "len",
    "is_empty",
    "copied",
    "cloned",
    "clone",
    "to_owned",
    "to_string",
    "to_vec",
    "iter",
    "contains",
    "contains_key",
    "as_deref",
];

impl Enclose {
    /// `table.row(1).await?.name.clone()`: where the local is.
    pub(super) fn reads_of_await(&self, expr: &Expr) -> Option<Span> {
        let (mut at, mut reads) = (syntax::inner(expr), false);
        loop {
            let below = match at {
                Expr::MethodCall(call) if call.args.iter().all(|argument| self.is_simple(argument)) => {
                    reads |= is_read(call) || call.args.iter().any(closure_reads);
                    &call.receiver
                }
                Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => {
                    reads = true;
                    &unary.expr
                }
                Expr::Index(index) if self.is_simple(&index.index) => {
                    reads = true;
                    &index.expr
                }
                Expr::Call(call) if syntax::is_constructor(&call.func) && call.args.len() == 1 => &call.args[0],
                Expr::Field(field) => &field.base,
                Expr::Try(tried) => &tried.expr,
                Expr::Cast(cast) => &cast.expr,
                Expr::Await(awaited) => {
                    let Expr::MethodCall(call) = syntax::inner(&awaited.base) else {
                        return None;
                    };
                    let root = syntax::root(&call.receiver).filter(|root| reads && self.moves(root));
                    return root.map(Ident::span);
                }
                _ => return None,
            };
            at = syntax::inner(below);
        }
    }

    /// `assert!(!table.row(1).await?.is_empty())`
    pub(super) fn reads_in_macro(&self, mac: &Macro) -> Option<Span> {
        let arguments = std_macros::parse(mac)?.exprs();
        arguments.iter().find_map(|argument| self.reads_in_operand(argument))
    }

    /// `!table.row(1).await?.is_empty()`
    pub(super) fn reads_in_operand(&self, operand: &Expr) -> Option<Span> {
        match syntax::inner(operand) {
            Expr::Reference(reference) => self.reads_in_operand(&reference.expr),
            Expr::Unary(syn::ExprUnary {
                op: syn::UnOp::Not(_),
                expr,
                ..
            }) => self.reads_in_operand(expr),
            Expr::Binary(binary) => {
                let left = self.reads_in_operand(&binary.left);
                left.or_else(|| self.reads_in_operand(&binary.right))
            }
            other => self.reads_of_await(other),
        }
    }

    fn is_simple(&self, argument: &Expr) -> bool {
        !std_macros::mentions(argument.to_token_stream(), &self.variables.names())
    }
}

fn is_read(call: &ExprMethodCall) -> bool {
    READERS.iter().any(|name| call.method == name)
}

/// `|name| name.len()`, `|n| *n`
fn closure_reads(argument: &Expr) -> bool {
    let Expr::Closure(closure) = syntax::inner(argument) else {
        return false;
    };
    match syntax::inner(&closure.body) {
        Expr::MethodCall(call) => is_read(call),
        Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Deref(_)),
        _ => false,
    }
}
