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

mod arguments;
mod block;
mod borrow;
mod known;
mod leave;
mod reborrow;
mod refused;
mod through;

pub(crate) use self::block::{ends_at_its_end, is_enclosed, without_mark};

use proc_macro2::{Ident, Span};
use quote::{ToTokens, quote};
use syn::{Block, Error, Expr, ExprAwait, FnArg, Local, Pat, Signature, Stmt, visit_mut::VisitMut};

use self::{
    block::{awaited, enclose_range, enclose_statement},
    leave::{After, Exits},
};
use crate::{
    desugar,
    lower::exits,
    pattern,
    signature::{Kind, TryShape, try_shape},
    source, std_macros, syntax,
};

/// Methods whose future gives what borrows their receiver: locks, pools, buffered readers.
const GUARDS: [&str; 7] = ["lock", "read", "write", "acquire", "reserve", "peek", "fill_buf"];

/// Encloses what uses guards of locals; the errors where that cannot be.
pub(crate) fn enclose(body: &mut Block, sig: &Signature, kind: &Kind) -> Vec<Error> {
    let mut walk = Enclose {
        shape: match kind {
            Kind::Future { output } => try_shape(output),
            _ => None,
        },
        borrowed: sig.inputs.iter().filter_map(arguments::reference).collect(),
        owned: sig.inputs.iter().flat_map(arguments::owned).collect(),
        plain: sig.inputs.iter().filter_map(arguments::plain).collect(),
        exclusive: reborrow::Exclusive::of(sig),
        outside_loop: 0,
        maps: Vec::new(),
        errors: Vec::new(),
    };
    for input in &sig.inputs {
        if let FnArg::Typed(typed) = input
            && borrow::is_map(&typed.ty)
        {
            walk.maps
                .extend(pattern::single(&typed.pat).map(|pat| pat.ident.clone()));
        }
    }
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
    /// Variables that are references to something outside.
    borrowed: Vec<Ident>,
    /// All variables in scope.
    owned: Vec<Ident>,
    /// Variables that certainly have no drop.
    plain: Vec<Ident>,
    exclusive: reborrow::Exclusive,
    /// How many of the variables in scope are declared outside of the innermost loop.
    outside_loop: usize,
    /// Variables that hold collections without positions.
    maps: Vec<Ident>,
    errors: Vec<Error>,
}

impl Enclose {
    fn block(&mut self, block: &mut Block, after: &After) {
        let (borrowed, owned) = (self.borrowed.len(), self.owned.len());
        let outside = self.exclusive.enter();
        let mut last = self.exclusive.last_mentions(&block.stmts);
        let mut index = 0;
        while index < block.stmts.len() {
            self.exclusive.at(index, &last);
            let count = block.stmts.len();
            self.from(block, index, after);
            if block.stmts.len() != count {
                last = self.exclusive.last_mentions(&block.stmts);
            }
            self.declare(&block.stmts[index]);
            index += 1;
        }
        self.exclusive.leave(outside);
        self.borrowed.truncate(borrowed);
        self.owned.truncate(owned);
    }

    /// Encloses what starts at a statement: the rest of the block, a part of it, or the statement; else goes into it.
    fn from(&mut self, block: &mut Block, index: usize, after: &After) {
        let tail = index + 1 == block.stmts.len();
        let after_statement = if tail { after } else { &After::Code };
        if let Some(at) = self.binds_guard(&block.stmts[index]) {
            let rest = block.stmts.split_off(index);
            return self.rest(block, rest, at, after);
        }
        let Some((at, needs)) = self.lives_on_borrow(&block.stmts[index..]) else {
            return self.statement(&mut block.stmts[index], after_statement);
        };
        let alone = needs != Needs::Rest && self.can_enclose(&block.stmts[index..=index], &After::Code);
        if alone {
            enclose_statement(&mut block.stmts[index], at);
        } else if needs != Needs::Value && self.can_enclose(&block.stmts[index..], after) {
            let rest = block.stmts.split_off(index);
            self.rest(block, rest, at, after);
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
            && let Some(enclosed) = self.leaving(&block.stmts[index..], at, after)
        {
            block.stmts.truncate(index);
            block.stmts.push(enclosed);
        } else {
            self.statement(&mut block.stmts[index], &After::Code);
        }
    }

    /// The statements in a block that they leave.
    fn leaving(&self, stmts: &[Stmt], at: Span, after: &After) -> Option<Stmt> {
        let inside = syntax::block_of(stmts.to_vec());
        let yields = std_macros::hidden_yield(inside.to_token_stream()).is_some();
        match yields || self.moves_an_older_one(stmts) {
            true => None,
            false => leave::enclose(stmts, after, self.shape.as_ref(), at),
        }
    }

    /// Whether the statements move a variable, as far as one can tell, that drops behind a younger one where they are left
    /// before. What is declared outside of the loop is not moved in each round.
    fn moves_an_older_one(&self, stmts: &[Stmt]) -> bool {
        let inside = quote!(#(#stmts)*);
        let mut droppable = self.owned[self.outside_loop..]
            .iter()
            .filter(|name| !self.plain.contains(name))
            .rev()
            .skip(1);
        droppable.any(|name| source::is_given(&inside, name))
    }

    /// A loop, a branch or the value of a `let`, as [`leaving`](Self::leaving).
    fn leaving_statement(&self, stmt: &Stmt, at: Span, after: &After) -> Option<Stmt> {
        match stmt {
            Stmt::Local(local) => {
                let mut local = local.clone();
                let init = local.init.as_mut()?;
                let value = Stmt::Expr((*init.expr).clone(), None);
                let Stmt::Expr(enclosed, _) = self.leaving(&[value], at, &After::Code)? else {
                    return None;
                };
                *init.expr = enclosed;
                Some(Stmt::Local(local))
            }
            Stmt::Expr(expr, semi) => {
                let is_loop = matches!(expr, Expr::ForLoop(_) | Expr::While(_));
                let semi = semi.or(is_loop.then(Default::default));
                let Stmt::Expr(enclosed, _) = self.leaving(&[Stmt::Expr(expr.clone(), semi)], at, after)? else {
                    return None;
                };
                Some(Stmt::Expr(enclosed, semi))
            }
            Stmt::Item(_) | Stmt::Macro(_) => None,
        }
    }

    /// Whether the first of the statements borrows a local for as long as something awaits: where, and what needs the borrow.
    fn lives_on_borrow(&mut self, stmts: &[Stmt]) -> Option<(Span, Needs)> {
        let (first, rest) = stmts.split_first()?;
        if let Some(at) = self.binds_borrow(first, rest).or_else(|| borrow::pins(first, rest)) {
            return Some((at, Needs::Rest));
        }
        if let Some(at) = self.leaves_a_rest(first, rest) {
            return Some((at, Needs::Rest));
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
        runs.or_else(|| self.reads_of_await(expr).map(|at| (at, Needs::Value)))
    }

    /// Whether the statements may go into a future of their own.
    fn can_enclose(&self, stmts: &[Stmt], after: &After) -> bool {
        let inside = syntax::block_of(stmts.to_vec());
        let yields = std_macros::hidden_yield(inside.to_token_stream()).is_some();
        !yields && (*after == After::Function || Exits::of(stmts).is_none())
    }

    /// Up to where the borrow that the first of the statements makes is mentioned, if that can be enclosed.
    fn range(&self, stmts: &[Stmt]) -> Option<usize> {
        let Stmt::Local(local) = &stmts[0] else { return None };
        let names = pattern::names(&local.pat);
        let last = stmts
            .iter()
            .rposition(|stmt| std_macros::mentions(stmt.to_token_stream(), &names))?;
        let pinned = local
            .init
            .as_ref()
            .is_some_and(|init| syntax::pinned(&init.expr).is_some());
        let ends = last > 0 && !pinned && !self.binds_guard_of(&stmts[0]) && last + 1 < stmts.len();
        (ends && self.can_enclose(&stmts[..=last], &After::Code)).then_some(last)
    }

    fn moves(&self, name: &Ident) -> bool {
        self.owned.contains(name) && !self.borrowed.contains(name) || self.exclusive.is_asked(name)
    }

    /// The await, if the statement binds a guard of a local.
    fn binds_guard(&self, stmt: &Stmt) -> Option<Span> {
        let Stmt::Local(local) = stmt else { return None };
        let init = local.init.as_ref()?;
        let named = !pattern::bindings(&local.pat).is_empty();
        self.guard(syntax::peeled(&init.expr)).filter(|_| named)
    }

    /// `local.lock().await`
    fn guard(&self, expr: &Expr) -> Option<Span> {
        let Expr::Await(ExprAwait { base, await_token, .. }) = expr else {
            return None;
        };
        let Expr::MethodCall(call) = syntax::inner(base) else {
            return None;
        };
        let root = syntax::root(&call.receiver)?;
        let known =
            GUARDS.iter().any(|name| call.method == name) && call.args.is_empty() || call.method == "acquire_many";
        (known && self.moves(root)).then_some(await_token.span)
    }

    fn rest(&mut self, block: &mut Block, rest: Vec<Stmt>, at: Span, after: &After) {
        if *after != After::Function && !Exits::of(&rest).is_none() {
            match self.leaving(&rest, at, after) {
                Some(enclosed) => block.stmts.push(enclosed),
                None => {
                    self.errors.push(refused::leaves(at, &rest[0]));
                    block.stmts.extend(rest);
                }
            }
            return;
        }
        block.stmts.push(Stmt::Expr(awaited(&quote!(#(#rest)*), at), None));
    }

    fn statement(&mut self, stmt: &mut Stmt, after: &After) {
        match stmt {
            Stmt::Local(local) => self.local(local),
            Stmt::Expr(expr, _) => self.expression(expr, after),
            Stmt::Macro(mac) => {
                let mut expr = Expr::Macro(syn::ExprMacro {
                    attrs: mac.attrs.clone(),
                    mac: mac.mac.clone(),
                });
                self.expression(&mut expr, after);
                if let Expr::Macro(changed) = &expr {
                    mac.mac = changed.mac.clone();
                }
                if matches!(expr, Expr::Await(_)) {
                    *stmt = Stmt::Expr(expr, Some(Default::default()));
                }
            }
            Stmt::Item(_) => {}
        }
    }

    fn local(&mut self, local: &mut Local) {
        if let Some(init) = &mut local.init {
            if matches!(local.pat, Pat::Wild(_))
                && let Some(at) = self.guard(syntax::peeled(&init.expr))
                && !exits(&init.expr)
            {
                let value = &init.expr;
                *init.expr = awaited(&quote!(let _ = #value;), at);
                return;
            }
            self.expression(&mut init.expr, &After::Code);
        }
    }

    /// The variables that a statement brings.
    fn declare(&mut self, stmt: &Stmt) {
        let Stmt::Local(local) = stmt else { return };
        self.note_map(&local.pat, local.init.as_ref().map(|init| &*init.expr));
        if let Some(init) = &local.init {
            let from_outside = match syntax::inner(&init.expr) {
                Expr::Reference(reference) => {
                    syntax::root(&reference.expr).is_none_or(|root| self.borrowed.contains(root))
                }
                _ => false,
            };
            let shape = syntax::of_value(&init.expr, &|name| match self.plain.contains(name) {
                true => syntax::Shape::Plain,
                false => syntax::Shape::Unknown,
            });
            if let (true, Some(pat)) = (shape.is_plain(), pattern::single(&local.pat)) {
                self.plain.push(pat.ident.clone());
            }
            if let (true, Some(pat)) = (from_outside, pattern::single(&local.pat)) {
                self.borrowed.push(pat.ident.clone());
            }
        }
        self.owned.extend(pattern::names(&local.pat));
    }

    /// Blocks within, and guards that end with their statement.
    fn expression(&mut self, expr: &mut Expr, after: &After) {
        let next = |label: &Option<syn::Label>| After::Loop(label.as_ref().map(|label| label.name.clone()));
        match expr {
            Expr::Block(block) => {
                let after = if block.label.is_none() { after } else { &After::Code };
                self.block(&mut block.block, after);
            }
            Expr::Unsafe(block) => self.block(&mut block.block, after),
            Expr::If(branches) => {
                self.block(&mut branches.then_branch, after);
                if let Some((_, otherwise)) = &mut branches.else_branch {
                    self.expression(otherwise, after);
                }
            }
            Expr::Match(expr) => {
                for arm in &mut expr.arms {
                    self.with(&arm.pat, |walk| walk.expression(&mut arm.body, after));
                }
            }
            Expr::ForLoop(expr) => {
                let after = next(&expr.label);
                let again = self.exclusive.mentioned(&expr.body);
                self.in_loop(again, |walk| {
                    walk.with(&expr.pat, |walk| walk.block(&mut expr.body, &after));
                });
            }
            Expr::While(expr) => {
                let again = self.exclusive.mentioned(expr);
                self.in_loop(again, |walk| walk.block(&mut expr.body, &next(&expr.label)));
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
        let outside = std::mem::replace(&mut self.outside_loop, self.owned.len());
        self.exclusive.repeat(again);
        walk(self);
        self.outside_loop = outside;
    }

    fn with(&mut self, pat: &Pat, walk: impl FnOnce(&mut Self)) {
        let owned = self.owned.len();
        self.owned.extend(pattern::names(pat));
        walk(self);
        self.owned.truncate(owned);
    }

    /// `*mutex.lock().await`: the guard is a temporary, and the value is computed with it.
    fn value(&mut self, expr: &mut Expr) {
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
            return self.errors.push(refused::in_expression(at));
        }
        let value = inner.clone();
        *inner = awaited(&value.to_token_stream(), at);
    }
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
