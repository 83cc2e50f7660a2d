//! A field that is moved out of a local, with an await behind it: what is left of the local has no name (`fields.rs`).
//!
//! ```text
//! // Input, where `self` is a value:
//! let mut dropped = self.dropped;
//! wait(&mut dropped, &self.timer).await;
//! // Output:
//! async { let mut dropped = self.dropped; wait(&mut dropped, &self.timer).await; }.await
//! ```
//!
//! Whether the field is copied, only types tell. It is not where the local is used as a whole later, or the same field is.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::{
    Block, Expr, ExprCall, ExprMethodCall, Local, Pat, Stmt,
    spanned::Spanned,
    visit::{self, Visit},
};

use super::{
    Enclose,
    borrow::awaits,
    consumed::{bound_within, ends_by_return},
    fields,
};
use crate::{pattern, source, std_macros, syntax};

impl Enclose {
    /// Whether the statement takes a part of a local: where, and of which one. `ends`: the function ends with the block.
    pub(super) fn leaves_parts(&self, block: &Block, index: usize, ends: bool) -> Option<(Span, Ident)> {
        let (before, stmts) = block.stmts.split_at(index);
        let part = match stmts {
            [last] if ends => self.takes_part(before, last),
            _ => None,
        };
        part.or_else(|| self.moves_field(stmts).map(|(at, owner)| (at, owner.clone())))
    }

    /// Whether the first of the statements moves a field of a local, and something awaits behind that: where.
    pub(super) fn moves_field(&self, stmts: &[Stmt]) -> Option<(Span, &Ident)> {
        let (first, rest) = stmts.split_first()?;
        let mut moves = Moves {
            walk: self,
            found: Vec::new(),
        };
        moves.statement(first, rest.is_empty());
        if moves.found.is_empty() {
            return None;
        }
        let awaited = rest.iter().any(|stmt| awaits(stmt.to_token_stream()));
        let inner = bound_within(first);
        moves.found.iter().find_map(|moved| {
            let variable = self.variables.get(&moved.owner)?;
            let needed = (awaited || moved.awaited) && !inner.contains(&variable.name);
            let done = || match moved.place {
                Some(place) => self.is_done_with_taken(place, variable, stmts),
                None => self.is_done_with(variable, stmts),
            };
            (needed && !variable.stays() && done()).then_some((moved.at, &variable.name))
        })
    }

    /// The variables of which a block, a closure or a macro that takes what it mentions has fields, or all.
    pub(super) fn captured(&self, tokens: &TokenStream, is_macro: bool) -> Vec<Ident> {
        let mut parted = Vec::new();
        source::parted(tokens.clone(), &mut parted);
        let captures = |name: &Ident| {
            parted.contains(name) || is_macro && std_macros::mentions(tokens.clone(), std::slice::from_ref(name))
        };
        self.variables.names().into_iter().filter(captures).collect()
    }
}

struct Moved<'e> {
    owner: Ident,
    /// The field, if it is no more than that.
    place: Option<&'e Expr>,
    at: Span,
    /// Whether the statement awaits behind it.
    awaited: bool,
}

/// The fields that are moved as far as syntax tells, in the order of their evaluation.
struct Moves<'w, 'e> {
    walk: &'w Enclose,
    found: Vec<Moved<'e>>,
}

impl<'e> Moves<'_, 'e> {
    /// Of what is the end of the block, the blocks within are looked at when the walk comes there.
    fn statement(&mut self, stmt: &'e Stmt, tail: bool) {
        match stmt {
            Stmt::Expr(expr, _) if tail => match syntax::inner(expr) {
                Expr::Match(expr) => {
                    self.matched(&expr.expr, expr.arms.iter().map(|arm| &arm.pat));
                    self.goes_on(awaits(expr.to_token_stream()));
                }
                Expr::If(branches) => {
                    self.visit_expr(&branches.cond);
                    self.goes_on(awaits(branches.to_token_stream()));
                }
                _ => {}
            },
            other => self.visit_stmt(other),
        }
    }

    /// Whether what follows all that was found awaits.
    fn goes_on(&mut self, awaits: bool) {
        self.found.iter_mut().for_each(|moved| moved.awaited |= awaits);
    }

    fn moved(&mut self, value: &'e Expr) {
        match (fields::field(value), fields::owner(value)) {
            (Some(field), Some(owner)) => self.found.push(Moved {
                owner: owner.clone(),
                place: Some(value),
                at: field.span(),
                awaited: false,
            }),
            _ => self.visit_expr(value),
        }
    }

    fn capturing(&mut self, tokens: &TokenStream, is_macro: bool, at: Span) {
        let owners = self.walk.captured(tokens, is_macro);
        self.found.extend(owners.into_iter().map(|owner| Moved {
            owner,
            place: None,
            at,
            awaited: false,
        }));
    }

    fn matched(&mut self, value: &'e Expr, mut patterns: impl Iterator<Item = &'e Pat>) {
        match patterns.any(pattern::binds_by_value) {
            true => self.moved(value),
            false => self.visit_expr(value),
        }
    }
}

impl<'e> Visit<'e> for Moves<'_, 'e> {
    fn visit_expr(&mut self, expr: &'e Expr) {
        match expr {
            Expr::Await(awaited) => {
                self.visit_expr(&awaited.base);
                self.goes_on(true);
            }
            Expr::Struct(made) => made.fields.iter().for_each(|field| self.moved(&field.expr)),
            Expr::Tuple(tuple) => tuple.elems.iter().for_each(|value| self.moved(value)),
            Expr::Array(array) => array.elems.iter().for_each(|value| self.moved(value)),
            Expr::Return(jump) => jump.expr.iter().for_each(|value| self.moved(value)),
            Expr::Assign(assign) => {
                self.moved(&assign.right);
                self.visit_expr(&assign.left);
            }
            Expr::Let(condition) => self.matched(&condition.expr, std::iter::once(&*condition.pat)),
            Expr::Match(expr) => {
                self.matched(&expr.expr, expr.arms.iter().map(|arm| &arm.pat));
                expr.arms.iter().for_each(|arm| self.visit_arm(arm));
            }
            Expr::Async(block) => {
                if let Some(capture) = &block.capture {
                    self.capturing(&block.block.to_token_stream(), false, capture.span);
                }
            }
            Expr::Closure(closure) => {
                if let Some(capture) = &closure.capture {
                    self.capturing(&closure.body.to_token_stream(), false, capture.span);
                }
            }
            other => visit::visit_expr(self, other),
        }
    }

    fn visit_expr_call(&mut self, call: &'e ExprCall) {
        call.args.iter().for_each(|argument| self.moved(argument));
    }

    fn visit_expr_method_call(&mut self, call: &'e ExprMethodCall) {
        match syntax::consumes_receiver(call) || self.walk.takes(call, false, false) {
            true => self.moved(&call.receiver),
            false => self.visit_expr(&call.receiver),
        }
        call.args.iter().for_each(|argument| self.moved(argument));
    }

    fn visit_local(&mut self, local: &'e Local) {
        if let Some(init) = &local.init {
            self.matched(&init.expr, std::iter::once(&local.pat));
            init.diverge
                .iter()
                .for_each(|(_, otherwise)| self.visit_expr(otherwise));
        }
    }

    fn visit_block(&mut self, block: &'e Block) {
        if !ends_by_return(&block.stmts) {
            visit::visit_block(self, block);
        }
    }

    /// `async_stream::stream! { .. }`
    fn visit_macro(&mut self, mac: &'e syn::Macro) {
        let Some(name) = mac.path.segments.last().map(|last| &last.ident) else {
            return;
        };
        if name == "stream" || name == "try_stream" {
            self.capturing(&mac.tokens, true, name.span());
        }
    }

    fn visit_item(&mut self, _: &'e syn::Item) {}
}
