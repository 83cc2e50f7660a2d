//! Guards: what an await gives and that borrows what it was called on. A variable is enclosed with the rest of its scope, a
//! temporary with its expression.

use proc_macro2::{Ident, Span};
use quote::{ToTokens, quote};
use syn::{Block, Error, Expr, ExprAwait, Stmt, visit_mut::VisitMut};

use super::{Enclose, block::awaited, exits::Exits, leave::After};
use crate::{lower::exits, pattern, std_macros, syntax};

/// Methods whose future gives what borrows their receiver: locks, pools, buffered readers.
const GUARDS: [&str; 8] = [
    "lock",
    "read",
    "write",
    "acquire",
    "reserve",
    "peek",
    "fill_buf",
    "transaction",
];

impl Enclose {
    /// The await, if the first statement binds a guard of a local, or of a `&mut` that the others use.
    pub(super) fn binds_guard(&self, stmts: &[Stmt]) -> Option<Span> {
        let (Stmt::Local(local), rest) = stmts.split_first()? else {
            return None;
        };
        let init = local.init.as_ref()?;
        let named = !pattern::bindings(&local.pat).is_empty();
        let (root, at) = guarded(syntax::peeled(&init.expr)).filter(|_| named)?;
        let exclusive = self.variables.get(root).is_some_and(|variable| variable.exclusive);
        let used = |stmt: &Stmt| std_macros::mentions(stmt.to_token_stream(), std::slice::from_ref(root));
        (self.moves(root) || exclusive && rest.iter().any(used)).then_some(at)
    }

    /// `local.lock().await`
    pub(super) fn guard(&self, expr: &Expr) -> Option<Span> {
        let (root, at) = guarded(expr)?;
        self.moves(root).then_some(at)
    }

    /// Whether something within the statement binds a guard, and so is enclosed there.
    pub(super) fn hides_guard(&self, stmt: &Stmt) -> Option<Span> {
        let mut find = Find { walk: self, at: None };
        find.visit_stmt_mut(&mut stmt.clone());
        find.at
    }

    /// Encloses the rest of the block from the statement on.
    pub(super) fn rest(&mut self, block: &mut Block, index: usize, at: Span, after: &After) {
        if *after != After::Function && !Exits::of(&block.stmts[index..]).is_none() {
            match self.leaving_rest(block, index, at, after) {
                Some((start, enclosed)) => {
                    block.stmts.truncate(start);
                    block.stmts.push(enclosed);
                }
                None => self.errors.push(leaves(at, &block.stmts[index])),
            }
            return;
        }
        let rest = block.stmts.split_off(index);
        block.stmts.push(Stmt::Expr(awaited(&quote!(#(#rest)*), at), None));
    }

    /// `*mutex.lock().await`: the guard is a temporary, and the value is computed with it.
    pub(super) fn value(&mut self, expr: &mut Expr) {
        let inner = match expr {
            Expr::Try(tried) => &mut *tried.expr,
            other => other,
        };
        if self.guard(syntax::peeled(inner)).is_some() {
            return;
        }
        let mut find = Find { walk: self, at: None };
        find.visit_expr_mut(&mut inner.clone());
        let Some(at) = find.at else { return };
        if exits(inner) {
            return self.errors.push(in_expression(at));
        }
        let value = inner.clone();
        *inner = awaited(&value.to_token_stream(), at);
    }
}

/// `owner.lock().await`: the owner, and where it is awaited.
fn guarded(expr: &Expr) -> Option<(&Ident, Span)> {
    let Expr::Await(ExprAwait { base, await_token, .. }) = expr else {
        return None;
    };
    let Expr::MethodCall(call) = syntax::inner(base) else {
        return None;
    };
    let known = GUARDS.iter().any(|name| call.method == name) && call.args.is_empty() || call.method == "acquire_many";
    let root = syntax::root(&call.receiver)?;
    known.then_some((root, await_token.span))
}

/// Finds a guard of a local somewhere in an expression.
struct Find<'w> {
    walk: &'w Enclose,
    at: Option<Span>,
}

impl VisitMut for Find<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        self.at = self.at.or_else(|| self.walk.guard(expr));
        syn::visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        if let Some(known) = std_macros::parse(mac) {
            known.exprs().iter_mut().for_each(|expr| self.visit_expr_mut(expr));
        }
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
    fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

const WHY: &str = "borrows a local, which a machine moves from state to state";

fn leaves(at: Span, stmt: &Stmt) -> Error {
    let stmt = crate::source::quote_source(&quote!(#stmt), 60);
    Error::new(
        at,
        format!(
            "what this await gives {WHY}\n\
             help: enclose what uses it, and leave it behind that: `let left = async {{ {stmt} .. }}.await;`\n\
             help: or take the owner as an argument by reference"
        ),
    )
}

fn in_expression(at: Span) -> Error {
    Error::new(
        at,
        format!("what this await gives {WHY}\nhelp: bind it with a `let` of its own: `let guard = ..;`"),
    )
}
