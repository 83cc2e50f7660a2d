//! Which borrows through a reference are taken again, instead of being carried.
//!
//! ```text
//! match &mut slot.value { Some(n) => { yield 1; return *n } None => slot.value = Some(2) }
//! ```
//!
//! `n` alone is needed behind the suspension. But what a state carries is borrowed for as long as the machine lives, and so on all
//! paths: rustc would refuse the assignment in the other arm.

use std::collections::BTreeSet;

use crate::{
    flow,
    ir::{BlockId, Effect, End, LocalId, Machine},
    lower::{self, Hints},
    simplify,
};

/// Borrows of something that is carried beside them are taken again instead, and loops over one go by position.
pub(super) fn taken_again(
    flow: &flow::Flow,
    machine: &Machine,
    borrowing: &[lower::Reborrow],
    hints: &Hints,
) -> Option<Hints> {
    let mut better = hints.clone();
    for borrow in borrowing {
        let local = machine.local(borrow.local);
        match borrow.number {
            _ if !are_together(flow, machine, borrow) && !is_used_elsewhere(flow, machine, borrow) => {}
            Some(number) => drop(better.positional.insert(number)),
            None => drop(better.again.insert(local.key.clone())),
        }
    }
    (better != *hints).then_some(better)
}

/// Whether what is borrowed is needed where the borrow is carried, or part of what is awaited.
fn are_together(flow: &flow::Flow, machine: &Machine, borrow: &lower::Reborrow) -> bool {
    let is_live = |local, block: BlockId| flow.live[block.0].contains(local);
    machine.order.iter().any(|&block| {
        let mut found = is_live(&borrow.local, block) && is_live(&borrow.of, block);
        machine.block(block).body.each(&mut |body| {
            if let End::Suspend(suspension) = &body.end {
                let mentioned = machine.mentioned(&suspension.value.effect);
                found |= mentioned.contains(&borrow.local) && is_live(&borrow.of, suspension.resume);
            }
        });
        found
    })
}

/// Whether what is borrowed is changed, or used although it is borrowed by `&mut`, on a path that does not need the borrow, while
/// that is carried on another.
fn is_used_elsewhere(flow: &flow::Flow, machine: &Machine, borrow: &lower::Reborrow) -> bool {
    let Some(place) = &borrow.place else { return false };
    let declares = |block: &&BlockId| block_effects(machine, **block, &|leaf| declares(leaf, borrow.local));
    let Some(taken) = machine.order.iter().find(declares) else {
        return false;
    };
    if !is_carried(flow, machine, borrow.local) {
        return false;
    }
    let conflicts = |leaf: &Effect| match leaf {
        Effect::Change(local, changed) => *local == borrow.of && overlap(place, changed),
        Effect::Call(local, called) => *local == borrow.of && overlap(place, &called.place),
        Effect::Move(local) | Effect::Assign(local) => *local == borrow.of,
        // A read of any part is one of the whole.
        Effect::Read(local) => *local == borrow.of && borrow.mutable,
        Effect::Part(part) => machine.whole(*part) == borrow.of && borrow.mutable,
        _ => false,
    };
    let reached = reached(machine, *taken, borrow.of);
    reached.iter().any(|block| block_effects(machine, *block, &conflicts))
}

fn is_carried(flow: &flow::Flow, machine: &Machine, local: LocalId) -> bool {
    let mut found = false;
    for block in &machine.order {
        machine.block(*block).body.each(&mut |body| {
            if let End::Suspend(suspension) = &body.end {
                let mentioned = machine.mentioned(&suspension.value.effect);
                found |= mentioned.contains(&local) || flow.live[suspension.resume.0].contains(&local);
            }
        });
    }
    found
}

/// The blocks behind this one in which the variable is still the same one.
fn reached(machine: &Machine, from: BlockId, of: LocalId) -> BTreeSet<BlockId> {
    let (mut reached, mut work) = (BTreeSet::new(), vec![from]);
    while let Some(block) = work.pop() {
        simplify::successors(machine, &machine.block(block).body, &mut |target, _| {
            let in_scope = machine.visible(machine.block(target).env).any(|local| local == of);
            if in_scope && reached.insert(target) {
                work.push(target);
            }
        });
    }
    reached
}

/// Whether some effect of the block's code is as asked.
fn block_effects(machine: &Machine, block: BlockId, asked: &dyn Fn(&Effect) -> bool) -> bool {
    let mut found = false;
    machine.block(block).body.each(&mut |body| {
        body.own_effects(&mut |effect| effect.each(&mut |leaf| found |= asked(leaf)));
    });
    found
}

fn declares(leaf: &Effect, local: LocalId) -> bool {
    matches!(leaf, Effect::Declare(declared) if *declared == local)
}

/// Whether one place is a part of the other, as far as their fields tell.
fn overlap(one: &str, other: &str) -> bool {
    fields(one).zip(fields(other)).all(|(one, other)| one == other)
}

/// `p`, `slot` of `(*p).slot[0].name`: of an element nobody knows which.
fn fields(place: &str) -> impl Iterator<Item = &str> {
    let known = place.split('[').next().unwrap_or(place);
    known.split('.').map(|field| field.trim_matches([' ', '*', '(', ')']))
}
