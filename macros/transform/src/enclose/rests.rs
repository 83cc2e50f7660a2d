//! What is left of a variable that is taken apart: it has no name, and lives to the end of the variable's scope.
//!
//! ```text
//! for item in job.items { send(item).await; }
//! let Job { items, .. } = job;
//! let (left, _) = pair;
//! match *stack.pop().unwrap() { Tree::Pair(left, right) => .., .. }
//! match event { Event::Message { text, .. } => show(&text).await, .. }
//! ```

use proc_macro2::{Ident, Span};
use quote::{ToTokens, quote};
use syn::{Expr, Local, Pat, Stmt, UnOp};

use super::{Enclose, borrow::awaits};
use crate::{pattern, syntax};

impl Enclose {
    /// Whether the statement leaves a rest of a local for as long as something awaits: where.
    pub(super) fn leaves_a_rest(&self, stmt: &Stmt, rest: &[Stmt]) -> Option<Span> {
        let root = self.taken_apart(stmt, rest)?;
        let within = || awaits(stmt.to_token_stream());
        let behind = || rest.iter().any(|stmt| awaits(stmt.to_token_stream()));
        let awaiting = match stmt {
            Stmt::Expr(Expr::ForLoop(_), _) => within(),
            _ => within() || behind(),
        };
        awaiting.then(|| root.span())
    }

    /// The same, of a local of which parts were used before, so that nobody knows what is there of it.
    pub(super) fn leaves_a_parted_rest(&self, stmts: &[Stmt]) -> Option<(Span, Ident)> {
        let (first, rest) = stmts.split_first()?;
        let at = self.leaves_a_rest(first, rest)?;
        let name = self.taken_apart(first, rest)?;
        let parted = self.variables.get(name).is_some_and(|variable| variable.parted);
        parted.then(|| (at, name.clone()))
    }

    /// The variable of which the statement leaves a rest.
    pub(super) fn taken_apart<'s>(&self, stmt: &'s Stmt, rest: &[Stmt]) -> Option<&'s Ident> {
        let root = match stmt {
            Stmt::Expr(Expr::ForLoop(expr), _) => match syntax::inner(&expr.expr) {
                Expr::Field(field) => syntax::root(&field.base)?,
                _ => return None,
            },
            Stmt::Expr(expr, _) => return self.taken_apart_in_branches(expr),
            Stmt::Local(Local {
                pat, init: Some(init), ..
            }) => match (pat, &*init.expr) {
                (_, Expr::Match(_) | Expr::If(_)) => return self.taken_apart_in_branches(&init.expr),
                (Pat::Struct(parts), value)
                    if parts.rest.is_some() && !parts.fields.is_empty() && init.diverge.is_none() =>
                {
                    syntax::variable(value).or_else(|| self.out_of_a_box(value, [pat].into_iter()))?
                }
                (pat, value) if init.diverge.is_none() && syntax::variable(value).is_some() => {
                    let code = quote!({ #(#rest)* });
                    return self.parted(value, [(pat, &code as &dyn ToTokens)].into_iter());
                }
                (pat, value) => return self.out_of_a_box(value, [pat].into_iter()),
            },
            _ => return None,
        };
        self.moves(root).then_some(root)
    }

    fn taken_apart_in_branches<'e>(&self, expr: &'e Expr) -> Option<&'e Ident> {
        match expr {
            Expr::Match(expr) => {
                let boxed = self.out_of_a_box(&expr.expr, expr.arms.iter().map(|arm| &arm.pat));
                boxed.or_else(|| {
                    self.parted(
                        &expr.expr,
                        expr.arms.iter().map(|arm| (&arm.pat, &arm.body as &dyn ToTokens)),
                    )
                })
            }
            Expr::If(branches) => {
                let Expr::Let(condition) = &*branches.cond else {
                    return None;
                };
                let boxed = self.out_of_a_box(&condition.expr, [&*condition.pat].into_iter());
                let then: &dyn ToTokens = &branches.then_branch;
                boxed.or_else(|| self.parted(&condition.expr, [(&*condition.pat, then)].into_iter()))
            }
            _ => None,
        }
    }

    /// `*node`, taken apart by the patterns, with a `node` that was taken out of a collection.
    fn out_of_a_box<'e, 'p>(
        &self,
        scrutinee: &'e Expr,
        mut patterns: impl Iterator<Item = &'p Pat>,
    ) -> Option<&'e Ident> {
        let Expr::Unary(deref) = syntax::inner(scrutinee) else {
            return None;
        };
        let name = syntax::variable(&deref.expr).filter(|_| matches!(deref.op, UnOp::Deref(_)))?;
        let popped = self.variables.get(name).is_some_and(|variable| variable.popped);
        (popped && patterns.any(pattern::binds_by_value)).then_some(name)
    }
}
