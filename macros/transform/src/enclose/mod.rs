//! A borrow of a local that is kept across an await -> an `async` block around all that uses it.
//!
//! ```text
//! // Input:
//! let guard = mutex.lock().await;
//! guard.push(next().await);
//! // Output:
//! async { let guard = mutex.lock().await; guard.push(next().await); }.await
//! ```
//!
//! The guard borrows `mutex`, and a machine moves its variables from state to state. In a block of its own, to which the
//! variable is lent, rustc's own transform keeps both in place, and its borrow checker judges them. What a method borrows
//! only types tell; names of std and of tokio say it ([`GUARDS`], and `borrow.rs`).
//!
//! Promises: the same values, order and drops, since the block goes to where the borrow's scope ends. Code that leaves it
//! before that leaves what follows the block too ([`leave`]); where that cannot be, nothing is enclosed; for a guard that is
//! an error.

mod awaited_later;
mod block;
mod borrow;
mod breaks;
mod consumed;
mod exits;
mod fields;
mod fresh;
mod guards;
mod kept;
mod known;
mod leave;
mod leaving;
mod macros;
mod moved;
mod parts;
mod paths;
mod reads;
mod reborrow;
mod rebound;
mod rests;
mod temporaries;
mod through;
mod together;
mod variables;

pub(crate) use self::{
    block::{ends_at_its_end, is_enclosed, is_mark, without_mark},
    borrow::{awaits, used_around_await},
    consumed::may_take,
    macros::calls_unknown,
};

use proc_macro2::{Ident, Span};
use quote::{ToTokens, quote};
use syn::{Block, Error, Expr, Local, Pat, Signature, Stmt};

use self::{
    block::{awaited, discard_within, enclose_range, enclose_statement},
    exits::Exits,
    guards::passed,
    leave::After,
    variables::Variables,
};
use crate::{
    desugar,
    function::may_return,
    lower::exits,
    pattern,
    signature::{Kind, TryShape, try_shape},
    std_macros, syntax,
};

/// Of a block that ends before the one around it.
const ALONE: usize = usize::MAX;

/// Encloses what uses guards of locals; the errors where that cannot be.
pub(crate) fn enclose(body: &mut Block, sig: &Signature, kind: &Kind, this: &Ident) -> Vec<Error> {
    let mut walk = Enclose {
        shape: match kind {
            Kind::Future { output } => try_shape(output),
            _ => None,
        },
        this: this.clone(),
        variables: Variables::of_arguments(sig),
        exclusive: reborrow::Exclusive::of(sig),
        outside_loop: 0,
        depth: 0,
        ends_with: ALONE,
        tries: false,
        errors: Vec::new(),
    };
    walk.block(body, &After::Function);
    walk.errors
}

/// What needs a borrow.
#[derive(Clone, Copy, PartialEq)]
enum Needs {
    /// The statement that makes it.
    Statement,
    /// The same, as far as one can tell: no more than its value may be enclosed.
    Value,
    /// Those behind it.
    Rest,
}

struct Enclose {
    /// What `?` leaves with.
    shape: Option<TryShape>,
    /// What `self` is called in the machine.
    this: Ident,
    variables: Variables,
    exclusive: reborrow::Exclusive,
    /// How many of the variables in scope are declared outside of the innermost loop.
    outside_loop: usize,
    /// How many blocks are around.
    depth: usize,
    /// The outermost of them that ends where the innermost does.
    ends_with: usize,
    /// Whether it only looks at what it would make.
    tries: bool,
    errors: Vec<Error>,
}

impl Enclose {
    fn block(&mut self, block: &mut Block, after: &After) {
        let (declared, around) = (self.variables.len(), self.ends_with);
        self.depth += 1;
        let ends_with = around.min(self.depth);
        let outside = self.exclusive.enter();
        let mut last = self.exclusive.last_mentions(&block.stmts);
        let mut index = 0;
        while index < block.stmts.len() {
            self.ends_with = ends_with;
            self.exclusive.at(index, &last);
            let count = block.stmts.len();
            self.with_macros(block, index, after);
            if block.stmts.len() <= index {
                break;
            }
            if block.stmts.len() != count {
                last = self.exclusive.last_mentions(&block.stmts);
            }
            self.declare(&block.stmts[index]);
            index += 1;
        }
        self.exclusive.leave(outside);
        self.variables.truncate(declared);
        self.depth -= 1;
        self.ends_with = around;
    }

    /// Encloses what starts at a statement: the rest of the block, a part of it, or the statement; else goes into it.
    fn from(&mut self, block: &mut Block, index: usize, after: &After) {
        let tail = index + 1 == block.stmts.len();
        self.as_expression(&mut block.stmts[index], tail);
        let after_statement = if tail { after } else { &After::Code };
        if let Some(at) = self.binds_guard(&block.stmts[index..]) {
            return self.rest(block, index, at, after);
        }
        let leaves = self.leaves_parts(block, index, *after == After::Function);
        if let Some((at, owner)) = leaves.or_else(|| self.leaves_a_parted_rest(&block.stmts[index..]))
            && self.whole_rest(block, index, at, after, Some(&owner))
        {
            return;
        }
        let lives = self.lives_on_borrow(&block.stmts[index..]);
        if let Some(at) = self.gives_in_part(&block.stmts[index..], lives) {
            if self.whole_rest(block, index, at, after, None) {
                return;
            }
            self.refuse_given(&block.stmts[index..]);
        }
        let Some((at, needs)) = lives else {
            let hides = self.hides_guard(&block.stmts[index]).is_some();
            if self.takes_along(block, index, after, hides) || self.takes_temporary(block, index, after) {
                return;
            }
            self.ends_with = if tail { self.ends_with } else { ALONE };
            return self.statement(&mut block.stmts[index], after_statement);
        };
        if needs != Needs::Rest && self.takes_along(block, index, after, true) {
            return;
        }
        let alone = needs != Needs::Rest && self.can_enclose(&block.stmts[index..=index], &After::Code);
        if alone {
            enclose_statement(&mut block.stmts[index], at);
        } else if needs != Needs::Value && self.can_enclose(&block.stmts[index..], after) {
            self.rest(block, index, at, after);
        } else if needs == Needs::Rest
            && let Some(end) = self.range(&block.stmts[index..])
        {
            let rest = block.stmts.split_off(index + end + 1);
            let range = block.stmts.split_off(index);
            block.stmts.push(enclose_range(range, at));
            block.stmts.extend(rest);
        } else if needs != Needs::Rest
            && let Some(enclosed) = self.leaving_statement(&block.stmts[index], at, after_statement)
        {
            block.stmts[index] = enclosed;
        } else if needs != Needs::Value
            && let Some((start, enclosed)) = self.leaving_rest(block, index, at, after)
        {
            block.stmts.truncate(start);
            block.stmts.push(enclosed);
        } else {
            self.ends_with = ALONE;
            self.statement(&mut block.stmts[index], &After::Code);
        }
    }

    /// Whether the first of the statements borrows a local for as long as something awaits: where, and what needs the borrow.
    fn lives_on_borrow(&mut self, stmts: &[Stmt]) -> Option<(Span, Needs)> {
        let (first, rest) = stmts.split_first()?;
        if let Some(at) = self.binds_borrow(first, rest).or_else(|| borrow::pins(first, rest)) {
            return Some((at, Needs::Rest));
        }
        if let Some(at) = self
            .leaves_a_rest(first, rest)
            .or_else(|| self.collects_borrows(first, rest))
            .or_else(|| self.is_filled_by_parser(first, rest))
        {
            return Some((at, Needs::Rest));
        }
        if let Some(at) = self.opens_for_itself(first) {
            return Some((at, Needs::Statement));
        }
        let expr = match first {
            Stmt::Expr(expr, _) => Some(expr),
            Stmt::Local(local) => local
                .init
                .as_ref()
                .filter(|init| init.diverge.is_none())
                .map(|init| &*init.expr),
            Stmt::Item(_) | Stmt::Macro(_) => return None,
        };
        let runs = expr.and_then(|expr| self.needs_of_value(expr));
        runs.or_else(|| self.reborrows(first, rest))
    }

    /// Whether the value lives on a borrow of a local by itself.
    fn needs_of_value(&self, expr: &Expr) -> Option<(Span, Needs)> {
        let runs = self.runs_on_borrow(expr).map(|at| (at, Needs::Statement));
        let reads = || self.reads_of_await(expr).or_else(|| self.goes_on_with_itself(expr));
        runs.or_else(|| reads().map(|at| (at, Needs::Value)))
    }

    /// Whether the statements may go into a future of their own.
    fn can_enclose(&self, stmts: &[Stmt], after: &After) -> bool {
        let inside = syntax::block_of(stmts.to_vec());
        let yields = std_macros::hidden_yield(inside.to_token_stream()).is_some();
        // A macro may leave the function with an error, as `?` does.
        let fails = || {
            let shape = self.shape.as_ref();
            shape.is_some_and(|shape| !shape.is_alias() && shape.typed_success().is_some()) && may_return(stmts)
        };
        !yields && (*after == After::Function || Exits::of(stmts).is_none() && !fails())
    }

    /// Up to where the borrow that the first of the statements makes is mentioned, if that can be enclosed.
    fn range(&self, stmts: &[Stmt]) -> Option<usize> {
        let Stmt::Local(local) = &stmts[0] else { return None };
        let names = kept::with_parts(pattern::names(&local.pat), &stmts[1..]);
        let last = stmts
            .iter()
            .rposition(|stmt| std_macros::mentions(stmt.to_token_stream(), &names))?;
        let pinned = local
            .init
            .as_ref()
            .is_some_and(|init| syntax::pinned(&init.expr).is_some());
        let ends = last > 0 && !pinned && !self.binds_guard_of(&stmts[0]) && last + 1 < stmts.len();
        let range = &stmts[..=last];
        let gives = (0..=last).any(|at| self.gives_on_some_paths(&stmts[at..]));
        let alone = self.can_enclose(range, &After::Code) && self.first_given(range).is_none() && !gives;
        (ends && alone).then_some(last)
    }

    fn statement(&mut self, stmt: &mut Stmt, after: &After) {
        if let Some(enclosed) = self.tried_guard(stmt, after) {
            *stmt = enclosed;
            return;
        }
        match stmt {
            Stmt::Local(local) => self.local(local),
            Stmt::Expr(expr, semi) => {
                self.expression(expr, after);
                if semi.is_some() {
                    discard_within(expr);
                }
            }
            Stmt::Macro(mac) => {
                let mut expr = Expr::Macro(syn::ExprMacro {
                    attrs: mac.attrs.clone(),
                    mac: mac.mac.clone(),
                });
                self.expression(&mut expr, after);
                match expr {
                    Expr::Macro(changed) => mac.mac = changed.mac,
                    enclosed => *stmt = Stmt::Expr(enclosed, Some(Default::default())),
                }
            }
            Stmt::Item(_) => {}
        }
    }

    fn local(&mut self, local: &mut Local) {
        if let Some(init) = &mut local.init {
            if matches!(local.pat, Pat::Wild(_))
                && let Some(at) = self.guard(passed(&init.expr))
                && !exits(&init.expr)
            {
                let value = &init.expr;
                *init.expr = awaited(&quote!(let _ = #value;), at);
                return;
            }
            self.ends_with = ALONE;
            self.expression(&mut init.expr, &After::Code);
        }
    }

    /// Blocks within, and guards that end with their statement.
    fn expression(&mut self, expr: &mut Expr, after: &After) {
        let next = |label: &Option<syn::Label>| After::Loop(label.as_ref().map(|label| label.name.clone()));
        match expr {
            Expr::Block(block) => {
                let around = self.ends_with;
                let after = match block.label {
                    None => after,
                    Some(_) => {
                        self.ends_with = ALONE;
                        &After::Code
                    }
                };
                self.block(&mut block.block, after);
                self.ends_with = around;
            }
            Expr::Unsafe(block) => self.block(&mut block.block, after),
            Expr::If(branches) => {
                self.operands(&mut branches.cond);
                self.condition(&branches.cond, |walk| walk.block(&mut branches.then_branch, after));
                if let Some((_, otherwise)) = &mut branches.else_branch {
                    self.expression(otherwise, after);
                }
            }
            Expr::Match(expr) => {
                for arm in &mut expr.arms {
                    self.with(&arm.pat, &expr.expr, |walk| walk.expression(&mut arm.body, after));
                }
            }
            Expr::ForLoop(expr) => {
                let after = next(&expr.label);
                let again = self.exclusive.mentioned(&expr.body);
                self.in_loop(again, |walk| {
                    walk.with(&expr.pat, &expr.expr, |walk| walk.block(&mut expr.body, &after));
                });
            }
            Expr::While(expr) => {
                let again = self.exclusive.mentioned(expr);
                self.in_loop(again, |walk| {
                    walk.operands(&mut expr.cond);
                    walk.condition(&expr.cond, |walk| walk.block(&mut expr.body, &next(&expr.label)));
                });
            }
            Expr::Loop(expr) => {
                let again = self.exclusive.mentioned(expr);
                self.in_loop(again, |walk| walk.block(&mut expr.body, &next(&expr.label)));
            }
            Expr::Macro(mac) if desugar::is_awaiting(&mac.mac) => self.branches(&mut mac.mac, after),
            other => self.value(other),
        }
    }

    /// The code of the branches of a `select!`.
    fn branches(&mut self, mac: &mut syn::Macro, after: &After) {
        let Some(handlers) = desugar::handlers(mac) else { return };
        let before: Vec<_> = handlers
            .iter()
            .map(|handler| handler.to_token_stream().to_string())
            .collect();
        let mut enclosed = handlers;
        for handler in &mut enclosed {
            self.expression(handler, after);
        }
        let changed = before
            .iter()
            .zip(&enclosed)
            .any(|(old, new)| *old != new.to_token_stream().to_string());
        if changed && let Some(tokens) = desugar::with_handlers(mac, enclosed) {
            mac.tokens = tokens;
        }
    }

    fn in_loop(&mut self, again: Vec<Ident>, walk: impl FnOnce(&mut Self)) {
        let outside = std::mem::replace(&mut self.outside_loop, self.variables.len());
        let around = std::mem::replace(&mut self.ends_with, ALONE);
        self.exclusive.repeat(again);
        walk(self);
        self.outside_loop = outside;
        self.ends_with = around;
    }

    /// In the scope of what a condition binds.
    fn condition(&mut self, condition: &Expr, walk: impl FnOnce(&mut Self)) {
        let declared = self.variables.len();
        self.variables.declare_in_condition(condition, self.depth + 1);
        walk(self);
        self.variables.truncate(declared);
    }

    /// In the scope of what a pattern binds in a value.
    fn with(&mut self, pat: &Pat, value: &Expr, walk: impl FnOnce(&mut Self)) {
        let declared = self.variables.len();
        self.variables.declare_parts(pat, value, self.depth + 1);
        walk(self);
        self.variables.truncate(declared);
    }
}
