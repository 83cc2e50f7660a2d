//! Variables that hide something where their scope has ended: a block that suspends is no block any more, and in the arm its
//! variables are there to the end.
//!
//! ```text
//! // Input:
//! { let load = first().await; show(load); }
//! load()
//! // Output: the name of the item is free again.
//! let load_1 = received(&mut input); show(load_1);
//! Complete(load())
//! ```

use std::collections::BTreeSet;

use proc_macro2::Ident;
use syn::{Expr, Pat, Stmt, visit_mut::VisitMut};

use crate::{
    ir::{Arm, Body, Code, Effect, End, EnvId, LocalId, Machine, Node},
    pattern,
    scoped::{Scoped, Visitor},
};

/// The variables that need another name.
pub(super) fn hiding(machine: &Machine) -> BTreeSet<LocalId> {
    let mut walk = Walk {
        machine,
        free: &machine.free.borrow(),
        found: BTreeSet::new(),
    };
    if machine.locals.iter().any(|local| walk.is_free(&local.ident)) {
        for &block in &machine.order {
            let block = machine.block(block);
            let mut there = machine.in_scope(block.env);
            there.retain(|local| walk.is_free(&machine.local(*local).ident));
            walk.body(&block.body, there);
        }
    }
    walk.found
}

struct Walk<'m> {
    machine: &'m Machine,
    free: &'m BTreeSet<String>,
    found: BTreeSet<LocalId>,
}

impl Walk<'_> {
    fn is_free(&self, name: &Ident) -> bool {
        self.free.contains(&name.to_string())
    }

    /// `there`: the variables that the arm has at the beginning of the body.
    fn body(&mut self, body: &Body, mut there: Vec<LocalId>) {
        for node in &body.nodes {
            match node {
                Node::Code(code) => self.stmt(code, &mut there),
                Node::LetElse { code, otherwise } => {
                    self.body(otherwise, there.clone());
                    self.stmt(code, &mut there);
                }
                Node::EndScope(_) => {}
            }
        }
        match &body.end {
            End::Suspend(suspension) => self.expr(&suspension.value, &there),
            End::Complete(Some(code)) => self.expr(code, &there),
            End::If {
                condition,
                then,
                otherwise,
                ..
            } => {
                self.expr(condition, &there);
                self.body(otherwise, there.clone());
                self.declare(&condition.effect, &mut there);
                self.body(then, there);
            }
            End::Match { scrutinee, arms } => {
                self.expr(scrutinee, &there);
                arms.iter().for_each(|arm| self.arm(arm, there.clone()));
            }
            End::Goto(..) | End::Complete(None) | End::Diverge => {}
        }
    }

    fn arm(&mut self, arm: &Arm, mut there: Vec<LocalId>) {
        if let Pat::Guard(guard) = &arm.pattern.syntax {
            let bound = pattern::names(&arm.pattern.syntax);
            self.look(arm.pattern.env, &there, |mention| {
                Scoped::with_bound(mention, bound).visit_expr_mut(&mut guard.guard.clone());
            });
        }
        self.declare(&arm.pattern.effect, &mut there);
        self.body(&arm.body, there);
    }

    fn stmt(&mut self, code: &Code<Stmt>, there: &mut Vec<LocalId>) {
        self.look(code.env, there, |mention| {
            Scoped::new(mention).visit_stmt_mut(&mut code.syntax.clone());
        });
        self.declare(&code.effect, there);
    }

    fn expr(&mut self, code: &Code<Expr>, there: &[LocalId]) {
        self.look(code.env, there, |mention| {
            Scoped::new(mention).visit_expr_mut(&mut code.syntax.clone());
        });
    }

    fn declare(&self, effect: &Effect, there: &mut Vec<LocalId>) {
        effect.each(&mut |leaf| {
            if let Effect::Declare(local) = leaf
                && self.is_free(&self.machine.local(*local).ident)
            {
                there.push(*local);
            }
        });
    }

    fn look(&mut self, env: EnvId, there: &[LocalId], walk: impl FnOnce(&mut Mentions)) {
        if there.is_empty() {
            return;
        }
        let mut mentions = Mentions(Vec::new());
        walk(&mut mentions);
        for name in mentions.0 {
            if self.machine.lookup(env, &name).is_none() {
                let hiding = there.iter().filter(|local| self.machine.local(**local).ident == name);
                self.found.extend(hiding);
            }
        }
    }
}

/// What code mentions and does not bind itself.
struct Mentions(Vec<Ident>);

impl Visitor for Mentions {
    fn variable(&mut self, name: &Ident) -> Option<Ident> {
        self.0.push(name.clone());
        None
    }
}
