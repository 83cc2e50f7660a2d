//! Expressions with control flow, as effects.

use super::*;
use crate::{
    ir::{Called, Effect},
    signature, std_borrows, syntax,
};
use proc_macro2::Ident;
use quote::ToTokens;
use std::rc::Rc;
use syn::{Expr, Pat};

/// Whether what is walked is iterated over by value.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Iterated {
    No,
    /// By a loop that stays whole.
    Whole,
    /// By an iterator that is carried.
    Carried,
}

impl Walk<'_> {
    /// Whether a loop takes what a method is called on: `for line in input.lines()` of a reader. Of what is not known to be one, only
    /// where the iterator is carried, which a borrow could not be.
    pub(super) fn takes_source(&self, call: &syn::ExprMethodCall) -> bool {
        if self.consuming == Iterated::No || !syntax::is_source(&call.method) {
            return false;
        }
        let Some(local) = syntax::variable(&call.receiver).and_then(|name| self.lookup(name)) else {
            return true;
        };
        let variable = self.machine.local(local);
        let takes = !variable.owns() && !variable.kept && (variable.reads || self.consuming == Iterated::Carried);
        if takes {
            self.machine.sources.borrow_mut().insert(local);
        }
        takes
    }

    /// The left side of an assignment.
    pub(super) fn assigned(&mut self, place: &Expr) -> Effect {
        match place {
            Expr::Path(_) => match syntax::variable(place).and_then(|name| self.lookup(name)) {
                Some(local) => Effect::Assign(local),
                None => Effect::none(),
            },
            Expr::Paren(paren) => self.assigned(&paren.expr),
            Expr::Tuple(tuple) => Effect::Seq(tuple.elems.iter().map(|e| self.assigned(e)).collect()),
            Expr::Array(array) => Effect::Seq(array.elems.iter().map(|e| self.assigned(e)).collect()),
            Expr::Call(call) => Effect::Seq(call.args.iter().map(|e| self.assigned(e)).collect()),
            Expr::Struct(fields) => Effect::Seq(fields.fields.iter().map(|f| self.assigned(&f.expr)).collect()),
            Expr::Infer(_) => Effect::none(),
            other => Effect::Seq(vec![self.expr(other, Mode::Place), self.changed(other)]),
        }
    }

    /// A place is about to have another value.
    pub(super) fn changed(&self, place: &Expr) -> Effect {
        match syntax::root(place).and_then(|name| self.lookup(name)) {
            Some(local) => Effect::Change(local, syntax::inner(place).to_token_stream().to_string()),
            None => Effect::none(),
        }
    }

    /// A method may change what it is called on, unless its name says that it does not.
    pub(super) fn called(&self, call: &syn::ExprMethodCall) -> Effect {
        let root = syntax::root(&call.receiver).and_then(|name| self.lookup(name));
        let Some(local) = root.filter(|_| !std_borrows::only_looks(&call.method)) else {
            return Effect::none();
        };
        let variable = self.machine.local(local);
        let refers = variable.ty.as_ref().is_some_and(signature::is_mut_ref);
        match variable.mutable || refers {
            true => Effect::Call(
                local,
                Rc::new(Called {
                    place: syntax::inner(&call.receiver).to_token_stream().to_string(),
                    method: call.method.clone(),
                    changes: std_borrows::changes(&call.method),
                }),
            ),
            false => Effect::none(),
        }
    }

    /// `Item { name: value, ..base }` takes all of a variable but `base.name`.
    pub(super) fn base(&mut self, literal: &syn::ExprStruct, base: &Expr) -> Effect {
        let local = syntax::variable(base).and_then(|_| self.part_of(base));
        let local = local.filter(|local| !self.machine.local(*local).copy);
        let left: Vec<_> = syntax::left_in_base(literal).collect();
        let Some(local) = local.filter(|_| !left.is_empty()) else {
            return self.expr(base, Mode::Value);
        };
        let part = |field: &syn::FieldValue| {
            let member = &field.member;
            Effect::Part(
                self.machine
                    .part_left(local, syn::parse_quote!(#base.#member), self.env),
            )
        };
        Effect::Seq(left.into_iter().map(part).collect())
    }

    /// `let PAT = value else { otherwise };`
    pub(super) fn let_(&mut self, local: &syn::Local) -> Effect {
        let Some(init) = &local.init else {
            self.bind(&local.pat);
            return Effect::none();
        };
        let takes_nothing = init.diverge.is_none() && pattern::bindings(&local.pat).is_empty();
        let nothing = takes_nothing.then(|| self.only_names(&init.expr)).flatten();
        let mut list = vec![nothing.unwrap_or_else(|| self.matched(&init.expr, &[&local.pat]))];
        if let Some((_, otherwise)) = &init.diverge {
            let otherwise = self.expr(otherwise, Mode::Value);
            let otherwise = Effect::Branch(vec![Effect::none(), otherwise]);
            // A place that does not match still has its value.
            let at = if syntax::is_place(&init.expr) { 0 } else { list.len() };
            list.insert(at, otherwise);
        }
        self.bind(&local.pat);
        Effect::Seq(list)
    }

    /// Expressions with control flow.
    pub(super) fn control(&mut self, expr: &Expr) -> Effect {
        match expr {
            Expr::Block(block) => match &block.label {
                Some(label) => self.labelled(Some(&label.name.ident), false, |walk| walk.block(&block.block)),
                None => self.block(&block.block),
            },
            Expr::Unsafe(block) => self.block(&block.block),
            Expr::Const(_) => Effect::none(),
            Expr::Let(condition) => {
                let effect = match syntax::is_place(&condition.expr) {
                    true => {
                        let taken = self.matched(&condition.expr, &[&condition.pat]);
                        self.taken.push(taken);
                        self.expr(&condition.expr, Mode::Place)
                    }
                    false => self.expr(&condition.expr, Mode::Value),
                };
                self.bind(&condition.pat);
                effect
            }
            Expr::If(branches) => self.branches(branches),
            Expr::Match(expr) => {
                let wild = |arm: &syn::Arm| matches!(pattern::unguarded(&arm.pat), Pat::Wild(_));
                let nothing = expr
                    .arms
                    .iter()
                    .all(wild)
                    .then(|| self.only_names(&expr.expr))
                    .flatten();
                let scrutinee = nothing.unwrap_or_else(|| self.scrutinee(&expr.expr));
                // That `None` leaves nothing matters only beside an arm that takes something.
                let takes =
                    syntax::is_place(&expr.expr) && expr.arms.iter().any(|arm| pattern::binds_by_value(&arm.pat));
                let arms = expr.arms.iter().map(|arm| self.arm(&expr.expr, arm, takes)).collect();
                Effect::Seq(vec![scrutinee, Effect::Branch(arms)])
            }
            Expr::While(expr) => self.labelled(label(&expr.label), true, |walk| {
                walk.scope(|walk| {
                    let (condition, taken) = walk.condition(&expr.cond);
                    let body = Effect::Seq(vec![taken, walk.block(&expr.body)]);
                    let stop = Effect::Break(walk.innermost());
                    Effect::Seq(vec![condition, Effect::Branch(vec![stop, body])])
                })
            }),
            Expr::ForLoop(expr) => {
                let outer = std::mem::replace(&mut self.consuming, Iterated::Whole);
                let iterated = self.expr(&expr.expr, Mode::Value);
                self.consuming = outer;
                let body = self.labelled(label(&expr.label), true, |walk| {
                    walk.scope(|walk| {
                        walk.bind(&expr.pat);
                        let body = walk.block(&expr.body);
                        Effect::Branch(vec![Effect::Break(walk.innermost()), body])
                    })
                });
                Effect::Seq(vec![iterated, body])
            }
            Expr::Loop(expr) => self.labelled(label(&expr.label), true, |walk| walk.block(&expr.body)),
            Expr::Break(expr) => {
                let value = self.values(expr.expr.iter().map(|e| &**e));
                let target = self.find(expr.label.as_ref().map(|l| &l.ident));
                Effect::Seq(vec![value, target.map_or(Effect::Exit, Effect::Break)])
            }
            Expr::Continue(expr) => {
                let target = self.find(expr.label.as_ref().map(|l| &l.ident));
                target.map_or(Effect::Exit, Effect::Continue)
            }
            Expr::Return(expr) => {
                let value = self.values(expr.expr.iter().map(|e| &**e));
                Effect::Seq(vec![value, Effect::Exit])
            }
            Expr::Try(expr) => {
                let value = self.expr(&expr.expr, Mode::Value);
                Effect::Seq(vec![value, Effect::Branch(vec![Effect::none(), Effect::Exit])])
            }
            _ => Effect::none(),
        }
    }

    /// What is matched; of a place, the arms take what they bind.
    pub(super) fn scrutinee(&mut self, expr: &Expr) -> Effect {
        match syntax::is_place(expr) {
            true => self.expr(expr, Mode::Place),
            false => self.expr(expr, Mode::Value),
        }
    }

    /// An arm; what its pattern takes out of the scrutinee is moved only here.
    fn arm(&mut self, scrutinee: &Expr, arm: &syn::Arm, takes: bool) -> Effect {
        let taken = match takes {
            true => self.matched(scrutinee, &[&arm.pat]),
            false => Effect::none(),
        };
        self.scope(|walk| {
            let guard = walk.bind_guarded(&arm.pat);
            let body = walk.expr(&arm.body, Mode::Value);
            Effect::Seq(vec![guard, taken, body])
        })
    }

    /// What a pattern binds is in scope in its guard.
    pub(super) fn bind_guarded(&mut self, pat: &Pat) -> Effect {
        self.bind(pat);
        match pat {
            Pat::Guard(guard) => self.expr(&guard.guard, Mode::Value),
            _ => Effect::none(),
        }
    }

    pub(super) fn branches(&mut self, expr: &syn::ExprIf) -> Effect {
        let (condition, then) = self.scope(|walk| {
            let (condition, taken) = walk.condition(&expr.cond);
            (condition, Effect::Seq(vec![taken, walk.block(&expr.then_branch)]))
        });
        let otherwise = match &expr.else_branch {
            Some((_, otherwise)) => self.expr(otherwise, Mode::Value),
            None => Effect::none(),
        };
        Effect::Seq(vec![condition, Effect::Branch(vec![then, otherwise])])
    }

    pub(super) fn labelled(
        &mut self,
        label: Option<&Ident>,
        is_loop: bool,
        walk: impl FnOnce(&mut Self) -> Effect,
    ) -> Effect {
        let number = self.next_label.get();
        self.next_label.set(number + 1);
        self.labels.push((label.cloned(), is_loop, number));
        let body = Box::new(walk(self));
        self.labels.pop();
        match is_loop {
            true => Effect::Loop(number, body),
            false => Effect::Labelled(number, body),
        }
    }

    pub(super) fn innermost(&self) -> usize {
        self.labels.last().map_or(0, |label| label.2)
    }

    pub(super) fn find(&self, label: Option<&Ident>) -> Option<usize> {
        let mut around = self.labels.iter().rev();
        let found = match label {
            Some(label) => around.find(|(found, ..)| found.as_ref() == Some(label)),
            None => around.find(|(_, is_loop, _)| *is_loop),
        };
        found.map(|label| label.2)
    }

    /// A condition, and what it takes where it holds.
    pub(super) fn condition(&mut self, expr: &Expr) -> (Effect, Effect) {
        let outer = std::mem::take(&mut self.taken);
        // A variable that is a condition is a `bool`.
        let effect = self.expr(expr, Mode::Place);
        let taken = std::mem::replace(&mut self.taken, outer);
        (effect, Effect::Seq(taken))
    }
}

pub(super) fn label(label: &Option<syn::Label>) -> Option<&Ident> {
    label.as_ref().map(|label| &label.name.ident)
}

/// Functions of std that never return.
fn never_returns(name: &Ident) -> bool {
    ["resume_unwind", "panic_any", "abort", "unreachable_unchecked"]
        .iter()
        .any(|known| name == known)
}

/// The last name of a path.
fn last_name(func: &Expr) -> Option<&Ident> {
    match syntax::inner(func) {
        Expr::Path(path) => path.path.segments.last().map(|last| &last.ident),
        _ => None,
    }
}

/// `into_iter(..)` of a loop that is taken apart.
pub(super) fn iterated_by(func: &Expr) -> Iterated {
    match last_name(func) {
        Some(name) if name == "into_iter" => Iterated::Carried,
        _ => Iterated::No,
    }
}

/// Whether the function never returns.
pub(super) fn ends(func: &Expr) -> bool {
    last_name(func).is_some_and(never_returns)
}
