//! Which expressions keep a borrow of an array, as far as syntax tells.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{
    Block, Expr, Stmt,
    visit::{self, Visit},
};

use crate::{names::Namespace, syntax};

/// Whether the value of the expression may be a borrow of the array that it shows: `&array[1..]`, `array.iter()`. What a
/// function makes of a borrow is left to the borrow checker.
pub(super) fn keeps_borrow(expr: &Expr, name: &Ident) -> bool {
    let keeps = |expr: &Expr| keeps_borrow(expr, name);
    match syntax::inner(expr) {
        Expr::Reference(reference) => begins_with(&reference.expr, name),
        Expr::RawAddr(pointer) => begins_with(&pointer.expr, name),
        Expr::MethodCall(call) if is_element(&call.receiver) => {
            begins_with(&call.receiver, name) && is_view(&call.method)
        }
        Expr::MethodCall(call) => begins_with(&call.receiver, name) && !gives_value(&call.method),
        Expr::Call(call) if syntax::is_constructor(&call.func) => call.args.iter().any(keeps),
        Expr::Tuple(tuple) => tuple.elems.iter().any(keeps),
        Expr::Array(array) => array.elems.iter().any(keeps),
        Expr::Struct(literal) => literal.fields.iter().any(|field| keeps(&field.expr)),
        Expr::Try(tried) => keeps(&tried.expr),
        Expr::Range(range) => [&range.start, &range.end].into_iter().flatten().any(|end| keeps(end)),
        Expr::If(branches) => {
            let otherwise = branches.else_branch.iter().any(|(_, otherwise)| keeps(otherwise));
            finds_borrow(&branches.cond, name) || block_keeps(&branches.then_branch, name) || otherwise
        }
        Expr::Match(found) => finds_borrow(&found.expr, name) || found.arms.iter().any(|arm| keeps(&arm.body)),
        Expr::Block(block) => block_keeps(&block.block, name),
        Expr::Unsafe(block) => block_keeps(&block.block, name),
        Expr::Loop(_) => mentions(expr, name),
        _ => false,
    }
}

/// Whether a pattern may find a borrow of the array in what is matched, or in a condition.
fn finds_borrow(matched: &Expr, name: &Ident) -> bool {
    match syntax::inner(matched) {
        Expr::Let(condition) => finds_borrow(&condition.expr, name),
        Expr::Binary(both) => finds_borrow(&both.left, name) || finds_borrow(&both.right, name),
        Expr::Index(_) | Expr::Path(_) => begins_with(matched, name),
        other => keeps_borrow(other, name),
    }
}

/// What statements bind is not followed.
fn block_keeps(block: &Block, name: &Ident) -> bool {
    match block.stmts.split_last() {
        Some((Stmt::Expr(value, None), stmts)) => {
            keeps_borrow(value, name) || stmts.iter().any(|stmt| mentions(stmt, name))
        }
        _ => false,
    }
}

/// Whether the array is what the place, or what a chain of methods begins with.
fn begins_with(expr: &Expr, name: &Ident) -> bool {
    match syntax::inner(expr) {
        Expr::MethodCall(call) => begins_with(&call.receiver, name),
        Expr::Index(index) => begins_with(&index.expr, name),
        Expr::Reference(reference) => begins_with(&reference.expr, name),
        Expr::Unary(unary) => begins_with(&unary.expr, name),
        Expr::Try(tried) => begins_with(&tried.expr, name),
        other => syntax::variable(other) == Some(name),
    }
}

/// Methods of slices and iterators whose result has nothing of what they are called on.
fn gives_value(method: &Ident) -> bool {
    let through = method == "copied" || method == "cloned";
    syntax::returns_owned(method) && !through
        || matches!(
            method.to_string().as_str(),
            "sum"
                | "product"
                | "count"
                | "position"
                | "any"
                | "all"
                | "fill"
                | "swap"
                | "copy_from_slice"
                | "copy_within"
        )
}

/// `array[n]`, where `n` is no range that syntax shows.
fn is_element(expr: &Expr) -> bool {
    matches!(syntax::inner(expr), Expr::Index(index) if !matches!(syntax::inner(&index.index), Expr::Range(_)))
}

/// Methods that give a view of a slice. An element is a number, or an array again.
fn is_view(method: &Ident) -> bool {
    let name = method.to_string();
    let prefixes = [
        "iter", "chunk", "window", "first", "last", "get", "as_", "split", "rchunk", "rsplit", "array_", "each_",
    ];
    prefixes.iter().any(|prefix| name.starts_with(prefix))
}

/// Whether the array is borrowed somewhere in the expression.
pub(super) fn lends(expr: &Expr, name: &Ident) -> bool {
    struct Find<'n> {
        name: &'n Ident,
        found: bool,
    }
    impl Visit<'_> for Find<'_> {
        fn visit_expr(&mut self, expr: &Expr) {
            self.found |= match expr {
                Expr::Macro(mac) => mentions(&mac.mac.tokens, self.name),
                _ => keeps_borrow(expr, self.name),
            };
            visit::visit_expr(self, expr);
        }
    }
    let mut find = Find { name, found: false };
    find.visit_expr(expr);
    find.found
}

pub(super) fn mentions(code: &impl ToTokens, name: &Ident) -> bool {
    Namespace::of(code.to_token_stream()).mentions(&name.to_string())
}
