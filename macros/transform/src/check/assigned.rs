//! A variable without `mut` that is assigned once more in another step, where the assignment would declare it anew.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span};
use syn::{
    Error, Expr, Stmt,
    visit::{self, Visit},
};

use crate::{
    flow::{Flow, Holds},
    ir::{Body, Effect, End, LocalId, Machine, Node, Role},
    layout::{Form, Layout, State},
    syntax,
};

/// All such assignments, one for each variable.
pub(crate) fn check(machine: &Machine, flow: &Flow, layout: &Layout) -> Vec<Error> {
    let unset = declared_without_value(machine);
    let mut found = BTreeSet::new();
    let mut errors = Vec::new();
    for state in &layout.states {
        for local in assigned_anew(machine, state) {
            let holds = flow.moves[state.block.0].as_ref().map(|moves| moves.get(local));
            let again = !unset.contains(&local) || holds.is_some_and(|holds| holds != Holds::Nothing);
            if again && found.insert(local) {
                errors.push(error(machine, state, local));
            }
        }
    }
    errors
}

fn error(machine: &Machine, state: &State, local: LocalId) -> Error {
    let name = &machine.local(local).ident;
    let block = machine.block(state.block);
    let at = place(&block.body, name).unwrap_or(block.span);
    let start = machine.blocks.iter().find(|block| block.role == Role::Start);
    let is_argument = start.is_some_and(|start| machine.visible(start.env).any(|argument| argument == local));
    Error::new(
        at,
        match is_argument {
            true => format!("cannot assign to immutable argument `{name}`\nhelp: make it mutable: `mut {name}`"),
            false => format!("cannot assign twice to immutable variable `{name}`\nhelp: make it mutable: `mut {name}`"),
        },
    )
}

fn declared_without_value(machine: &Machine) -> BTreeSet<LocalId> {
    let mut unset = BTreeSet::new();
    for block in &machine.order {
        each_effect(&machine.block(*block).body, &mut |effect| {
            if let Effect::Unset(local) = effect {
                unset.insert(*local);
            }
        });
    }
    unset
}

/// The variables without `mut` that the arm assigns and does not have.
fn assigned_anew(machine: &Machine, state: &State) -> Vec<LocalId> {
    let block = machine.block(state.block);
    if block.role == Role::Start {
        return Vec::new();
    }
    let mut assigned = BTreeSet::new();
    each_effect(&block.body, &mut |effect| {
        if let Effect::Assign(local) = effect {
            assigned.insert(*local);
        }
    });
    let is_field = |local: LocalId| {
        state
            .carried()
            .any(|field| field.local == local && field.form == Form::Plain)
    };
    let mut scope = machine.in_scope(block.env);
    scope.retain(|local| {
        let variable = machine.local(*local);
        assigned.contains(local) && !variable.mutable && variable.derived.is_none() && !is_field(*local)
    });
    scope
}

fn each_effect(body: &Body, f: &mut impl FnMut(&Effect)) {
    body.each(&mut |body| body.own_effects(&mut |effect| effect.each(f)));
}

/// Where the variable is assigned.
fn place(body: &Body, name: &Ident) -> Option<Span> {
    let mut find = Find { name, at: None };
    body.each(&mut |body| {
        for node in &body.nodes {
            match node {
                Node::Code(code) | Node::LetElse { code, .. } => find.visit_stmt(&code.syntax),
                Node::EndScope(_) => {}
            }
        }
        match &body.end {
            End::Suspend(suspension) => find.visit_expr(&suspension.value.syntax),
            End::Complete(Some(value)) => find.visit_expr(&value.syntax),
            End::If { condition, .. } => find.visit_expr(&condition.syntax),
            End::Match { scrutinee, .. } => find.visit_expr(&scrutinee.syntax),
            End::Goto(..) | End::Complete(None) | End::Diverge => {}
        }
    });
    find.at
}

struct Find<'a> {
    name: &'a Ident,
    at: Option<Span>,
}

impl Find<'_> {
    fn look_at(&mut self, assigned: &Expr) {
        match syntax::inner(assigned) {
            Expr::Tuple(tuple) => tuple.elems.iter().for_each(|part| self.look_at(part)),
            Expr::Array(array) => array.elems.iter().for_each(|part| self.look_at(part)),
            place => {
                if let Some(name) = syntax::variable(place)
                    && name == self.name
                {
                    self.at.get_or_insert(name.span());
                }
            }
        }
    }
}

impl Visit<'_> for Find<'_> {
    fn visit_expr_assign(&mut self, assign: &syn::ExprAssign) {
        self.look_at(&assign.left);
        visit::visit_expr_assign(self, assign);
    }

    fn visit_stmt(&mut self, stmt: &Stmt) {
        if !matches!(stmt, Stmt::Item(_)) {
            visit::visit_stmt(self, stmt);
        }
    }
}
