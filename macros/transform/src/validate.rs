//! The validator: what each pass promises, checked again where the feature `validate` is on, as in all tests.
//!
//! Input: what a pass gave. Output: nothing, or a panic that names the pass and the promise, which the attribute reports as a
//! bug. Users build the transform without it: it takes a third of the time of an expansion.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use syn::{ItemFn, visit::Visit};

use crate::{
    flow::{Flow, Holds},
    ir::{BlockId, Body, End, LocalId, Machine, Node, Role, Suspension},
    layout::Layout,
};

/// `lower` promises: a graph without loose ends; one resume block for each suspension; no `yield` inside code; who goes
/// somewhere has all the variables that are in scope there.
pub(crate) fn lowered(machine: &Machine) {
    check_graph("lower", machine);
    let (mut resumed, mut twice) = (BTreeSet::new(), false);
    each_body(machine, &mut |body| {
        if let End::Suspend(suspension) = &body.end {
            twice |= !resumed.insert(suspension.resume);
        }
        promise(!is_suspended(body), "lower", "verbatim code is not suspended");
    });
    promise(!twice, "lower", "each suspension has a block of its own to resume at");
}

/// `simplify` promises the same paths: it takes no suspension away and adds none, and each block that is left can be reached.
pub(crate) fn simplified(machine: &Machine, before: &BTreeSet<String>) {
    check_graph("simplify", machine);
    let after = suspensions(machine);
    promise(after == *before, "simplify", "the suspensions are the same");
    let mut reached: BTreeSet<_> = machine.order.first().copied().into_iter().collect();
    each_target(machine, &mut |target| {
        reached.insert(target);
    });
    let all = machine.order.iter().all(|block| reached.contains(block));
    promise(all, "simplify", "each block is reached");
}

/// The suspensions that can be reached, by where they stand.
pub(crate) fn suspensions(machine: &Machine) -> BTreeSet<String> {
    let mut reached: BTreeSet<_> = machine.order.first().copied().into_iter().collect();
    let mut work: Vec<_> = reached.iter().copied().collect();
    let mut found = BTreeSet::new();
    while let Some(block) = work.pop() {
        machine.block(block).body.each(&mut |body| {
            if let End::Suspend(suspension) = &body.end {
                found.insert(place_of(suspension));
            }
            targets_of(machine, body, &mut |target| {
                if reached.insert(target) {
                    work.push(target);
                }
            });
        });
    }
    found
}

fn place_of(suspension: &Suspension) -> String {
    format!("{} at {:?}", suspension.text, suspension.place.name)
}

/// `layout` promises: what is needed is carried, in order of declaration, and each name stands for one thing.
pub(crate) fn laid_out(machine: &Machine, flow: &Flow, layout: &Layout) {
    promise(
        distinct(&layout.parameters),
        "layout",
        "parameters have names of their own",
    );
    let names: Vec<_> = layout.written().map(|state| &state.name).collect();
    promise(distinct(&names), "layout", "states have names of their own");
    for state in &layout.states {
        let fields: Vec<_> = state.fields.iter().map(|field| &field.name).collect();
        promise(
            distinct(&fields),
            "layout",
            "the fields of a state have names of their own",
        );
        let scope = machine.in_scope(machine.block(state.block).env);
        let place = |local: LocalId| scope.iter().position(|other| *other == local);
        let places: Vec<_> = state.fields.iter().map(|field| place(field.local)).collect();
        promise(places.is_sorted(), "layout", "fields stand in order of declaration");
        let carried: BTreeSet<_> = state.carried().map(|field| field.local).collect();
        let Some(moves) = &flow.moves[state.block.0] else {
            continue;
        };
        let needed = scope.iter().filter(|local| {
            let there = machine.local(**local).is_carried() && moves.get(**local) != Holds::Nothing;
            there && flow.live[state.block.0].contains(local)
        });
        for local in needed {
            promise(carried.contains(local), "layout", "what is used later is carried");
        }
    }
}

/// `emit` promises a function.
pub(crate) fn emitted(tokens: &TokenStream) {
    let parsed = syn::parse2::<ItemFn>(tokens.clone());
    promise(parsed.is_ok(), "emit", "the expansion is a function");
}

#[track_caller]
fn promise(kept: bool, pass: &str, promise: &str) {
    assert!(kept, "`{pass}` breaks its promise: {promise}");
}

fn check_graph(pass: &str, machine: &Machine) {
    let starts = machine
        .order
        .first()
        .map(|block| machine.block(*block).role == Role::Start);
    promise(starts == Some(true), pass, "the first block is the start");
    promise(distinct(&machine.order), pass, "each block stands once in the order");
    each_target(machine, &mut |target| {
        promise(machine.order.contains(&target), pass, "what is gone to is a block");
    });
    each_body(machine, &mut |body| {
        // A jump out of verbatim code may come with a value, whose variable is declared with it.
        if let End::Goto(target, env) = &body.end {
            let missing = machine.ended(machine.block(*target).env, *env);
            promise(
                missing.is_empty(),
                pass,
                "whoever goes to a block has what is in scope there",
            );
        }
    });
}

fn distinct<T: Ord>(list: &[T]) -> bool {
    list.iter().collect::<BTreeSet<_>>().len() == list.len()
}

fn each_body(machine: &Machine, f: &mut impl FnMut(&Body)) {
    for block in &machine.order {
        machine.block(*block).body.each(f);
    }
}

/// Calls `f` with each block that is gone to.
fn each_target(machine: &Machine, f: &mut impl FnMut(BlockId)) {
    each_body(machine, &mut |body| targets_of(machine, body, f));
}

fn targets_of(machine: &Machine, body: &Body, f: &mut impl FnMut(BlockId)) {
    match &body.end {
        End::Goto(target, _) => f(*target),
        End::Suspend(suspension) => f(suspension.resume),
        _ => {}
    }
    body.own_effects(&mut |effect| {
        effect.each(&mut |leaf| {
            if let crate::ir::Effect::Jump(jump) = leaf {
                f(machine.jumps[jump.0].target);
            }
        });
    });
}

struct Suspends(bool);

impl Visit<'_> for Suspends {
    fn visit_expr_yield(&mut self, _: &syn::ExprYield) {
        self.0 = true;
    }
}

/// Whether this body's own code is suspended, other than by its end.
fn is_suspended(body: &Body) -> bool {
    let mut found = Suspends(false);
    for node in &body.nodes {
        match node {
            Node::Code(code) | Node::LetElse { code, .. } => found.visit_stmt(&code.syntax),
            Node::EndScope(_) => {}
        }
    }
    match &body.end {
        End::Suspend(suspension) => found.visit_expr(&suspension.value.syntax),
        End::Complete(Some(code)) => found.visit_expr(&code.syntax),
        End::If { condition, .. } => found.visit_expr(&condition.syntax),
        End::Match { scrutinee, arms } => {
            found.visit_expr(&scrutinee.syntax);
            arms.iter().for_each(|arm| found.visit_pat(&arm.pattern.syntax));
        }
        End::Goto(..) | End::Complete(None) | End::Diverge => {}
    }
    found.0
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;

    use super::*;
    use crate::ir::Block;

    /// A machine of blocks that each go to the next one.
    fn chain(length: usize) -> Machine {
        let mut machine = Machine::new();
        for index in 0..length {
            machine.blocks.push(Block {
                role: if index == 0 { Role::Start } else { Role::Part("Next") },
                span: Span::call_site(),
                env: Machine::TOP,
                body: Body::goto(BlockId((index + 1) % length), Machine::TOP),
            });
            machine.order.push(BlockId(index));
        }
        machine
    }

    #[test]
    fn a_sound_graph() {
        lowered(&chain(3));
        simplified(&chain(3), &BTreeSet::new());
    }

    #[test]
    #[should_panic = "`lower` breaks its promise: what is gone to is a block"]
    fn a_loose_end() {
        let mut machine = chain(3);
        machine.order.pop();
        lowered(&machine);
    }

    #[test]
    #[should_panic = "`simplify` breaks its promise: each block is reached"]
    fn a_forgotten_block() {
        let mut machine = chain(3);
        machine.blocks[0].body.end = End::Diverge;
        simplified(&machine, &BTreeSet::new());
    }

    #[test]
    #[should_panic = "`simplify` breaks its promise: the suspensions are the same"]
    fn a_lost_suspension() {
        simplified(&chain(3), &BTreeSet::from(["yield_!(1)".to_owned()]));
    }

    #[test]
    #[should_panic = "`emit` breaks its promise"]
    fn no_function() {
        emitted(&quote::quote!(fn f() { x = }));
    }
}
