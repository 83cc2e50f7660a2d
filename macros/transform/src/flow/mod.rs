//! Two analyses of the graph: which variables hold a value at the start of each block, and which are used from there on.
//!
//! Forward, for moves: a variable may hold a value, be gone (moved, or not set yet), or either, depending on the path.
//! Backward, for uses: a variable is live where some path leads to a mention that is not its assignment.

mod moves;
mod reach;
mod uses;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;

use self::{
    moves::forward,
    uses::{Question, backward, mark_copies},
};
pub(crate) use self::{
    moves::{Forward, Holds, Moves, gotos},
    uses::Live,
};
use crate::{
    effects,
    ir::{BlockId, Effect, End, EnvId, Key, LocalId, Machine, Node},
};

/// What the analyses found, by block.
pub(crate) struct Flow {
    /// What variables hold at the start; `None`: the block cannot be reached.
    pub moves: Vec<Option<Moves>>,
    /// Used after the start of the block.
    pub live: Vec<Live>,
    /// Mentioned after the start of the block, be it to assign them.
    pub named: Vec<Live>,
    /// Variables that hide another one of the same name which is still needed: `(outer, inner)`.
    pub hiding: BTreeSet<(LocalId, LocalId)>,
    /// Borrows and positions that are needed after a change of what they are taken of, and would not be the same again.
    pub outdated: Live,
    /// What a loop goes over by position, with a method that changes it meanwhile.
    pub changed_in_loops: BTreeMap<LocalId, Ident>,
}

/// The variables that turned out to be `Copy`.
pub(crate) fn copies(machine: &Machine) -> BTreeSet<Key> {
    let proven = machine.locals.iter().filter(|local| local.proven);
    proven.map(|local| local.key.clone()).collect()
}

/// The closures that are needed after a suspension, or within one by an `async` block that is made again there.
pub(crate) fn closures_used_later(machine: &Machine, flow: &Flow) -> BTreeSet<Key> {
    let live = machine.order.iter().flat_map(|block| &flow.live[block.0]);
    let mut within = BTreeSet::new();
    for &block in &machine.order {
        machine.block(block).body.each(&mut |body| {
            if let End::Suspend(suspension) = &body.end {
                let mentioned = machine.mentioned(&suspension.value.effect);
                let origins = machine.with_origins(mentioned.clone());
                within.extend(origins.difference(&mentioned).copied());
            }
        });
    }
    let variables = live.chain(&within).filter_map(|local| machine.locals.get(local.0));
    let closures = variables.filter(|variable| variable.closure && variable.derived.is_none());
    closures.map(|variable| variable.key.clone()).collect()
}

pub(crate) fn analyze(machine: &mut Machine) -> Flow {
    let live = backward(machine, Question::Value);
    mark_copies(machine, &live);
    let machine = &*machine;
    let (outdated, changed_in_loops) = uses::outdated(machine, &live);
    let moves = forward(machine);
    let named = backward(machine, Question::Name);
    let mut flow = Flow {
        moves,
        live,
        named,
        hiding: BTreeSet::new(),
        outdated,
        changed_in_loops,
    };
    flow.hiding = hiding(machine, &flow);
    flow
}

/// Whether the end of a variable's scope is an event: it holds something whose drop may be observed.
pub(crate) fn ends_with_drop(machine: &Machine, local: LocalId, holds: Holds) -> bool {
    let variable = machine.local(local);
    holds != Holds::Nothing && !variable.plain && !variable.views && variable.derived.is_none()
}

/// Pairs of variables of one name of which the outer is still needed when the inner is there.
fn hiding(machine: &Machine, flow: &Flow) -> BTreeSet<(LocalId, LocalId)> {
    let mut pairs = BTreeSet::new();
    let mut look = |target: BlockId, env: EnvId, moves: &Moves| {
        let scope = machine.in_scope(env);
        for (index, &inner) in scope.iter().enumerate() {
            let name = &machine.local(inner).ident;
            let same = scope[..index]
                .iter()
                .copied()
                .filter(|outer| machine.local(*outer).ident == *name);
            let needed = same.filter(|outer| {
                flow.named[target.0].contains(outer)
                    || flow.live[target.0].contains(outer)
                    || ends_with_drop(machine, *outer, moves.get(*outer))
            });
            pairs.extend(needed.map(|outer| (outer, inner)));
        }
    };
    for &block in &machine.order {
        if let Some(moves) = &flow.moves[block.0] {
            look(block, machine.block(block).env, moves);
            gotos(
                machine,
                &machine.block(block).body,
                moves.clone(),
                &mut |target, env, moves| look(target, env, &moves),
            );
        }
    }
    for jump in &machine.jumps {
        if let Some(moves) = &flow.moves[jump.target.0] {
            look(jump.target, jump.env, moves);
        }
    }
    for &block in &machine.order {
        machine
            .block(block)
            .body
            .each(&mut |body| pairs.extend(hidden_origins(machine, &body.end)));
        pairs.extend(received_over(machine, flow, block));
    }
    pairs
}

/// Borrows that an awaited operand mentions are taken again in its block: what they borrow must not be hidden there.
fn hidden_origins(machine: &Machine, end: &End) -> Vec<(LocalId, LocalId)> {
    let End::Suspend(suspension) = end else {
        return Vec::new();
    };
    let mentioned = machine.mentioned(&suspension.value.effect);
    let origins = machine.with_origins(mentioned);
    let scope: Vec<_> = machine.visible(suspension.value.env).collect();
    let mut pairs = Vec::new();
    for (index, &outer) in scope.iter().enumerate() {
        let name = &machine.local(outer).ident;
        let same = scope[..index]
            .iter()
            .filter(|inner| machine.local(**inner).ident == *name);
        if origins.contains(&outer) {
            pairs.extend(same.map(|inner| (outer, *inner)));
        }
    }
    pairs
}

/// What an await gives is there before borrows are taken again, of variables that it may hide.
fn received_over(machine: &Machine, flow: &Flow, block: BlockId) -> Vec<(LocalId, LocalId)> {
    let Some(Node::Code(code)) = machine.block(block).body.nodes.first() else {
        return Vec::new();
    };
    let (mut received, mut pairs) = (Vec::new(), Vec::new());
    if effects::is_received(&code.syntax) {
        code.effect.each(&mut |leaf| {
            if let Effect::Declare(local) = leaf {
                received.push(*local);
            }
        });
    }
    for inner in received {
        let name = &machine.local(inner).ident;
        let outer = machine.lookup(machine.block(block).env, name);
        pairs.extend(
            outer
                .filter(|outer| flow.live[block.0].contains(outer))
                .map(|outer| (outer, inner)),
        );
    }
    pairs
}
