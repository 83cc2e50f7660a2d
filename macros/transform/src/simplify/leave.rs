//! A jump to a block that only ends scopes goes on to where that leads; where the function ends there, it leaves the function.
//!
//! ```text
//! // Input, where the function ends behind the loop:
//! if n == 3 { break; }
//! // Output:
//! if n == 3 { return; }
//! ```

use std::collections::BTreeSet;

use proc_macro2::Span;
use syn::{Expr, parse_quote_spanned};

use super::{graph::Graph, outlived, succeeds, trivial};
use crate::{
    flow::Holds,
    ir::{BlockId, Code, Effect, End, EnvId, Jump, JumpId, LocalId, Machine, Role},
    syntax,
};

pub(super) fn jumps(machine: &mut Machine, graph: &mut Graph, pinned: &BTreeSet<BlockId>) -> bool {
    while let Some(block) = graph.next(4) {
        let jumps: Vec<_> = (0..machine.jumps.len())
            .filter(|jump| leads_to(machine, *jump, block))
            .collect();
        if pinned.contains(&block) || machine.block(block).role == Role::Start || jumps.is_empty() {
            continue;
        }
        let Some(way) = way(machine, block) else {
            continue;
        };
        let here = machine.block(block).env;
        let there = match way {
            Way::Out(_) => here,
            Way::To(target) => machine.block(target).env,
        };
        let mut from = jumps.iter().map(|jump| machine.jumps[*jump].env);
        if from.any(|from| outlives(machine, from, here) || outlives(machine, from, there)) {
            continue;
        }
        if let Way::Out(value) = &way
            && jumps
                .iter()
                .any(|jump| is_out_of_reach(machine, &machine.jumps[*jump], here, value))
        {
            continue;
        }
        let leading = graph.leading_to(block);
        for jump in jumps {
            match &way {
                Way::Out(value) => {
                    machine.jumps[jump].returns = Some((**value).clone());
                    leaves(machine, &leading, JumpId(jump), &value.effect);
                }
                Way::To(target) => machine.jumps[jump].target = *target,
            }
        }
        graph.changed(machine, block, &leading);
        return true;
    }
    false
}

/// Where a jump to a block may go at once.
enum Way {
    /// Out of the function, with this value.
    Out(Box<Code<Expr>>),
    To(BlockId),
}

fn leads_to(machine: &Machine, jump: usize, block: BlockId) -> bool {
    let jump = &machine.jumps[jump];
    jump.target == block && jump.returns.is_none()
}

/// What the block does, if that is nothing but to end scopes.
fn way(machine: &Machine, block: BlockId) -> Option<Way> {
    let body = &machine.block(block).body;
    if !body.nodes.is_empty() {
        return None;
    }
    match &body.end {
        End::Complete(Some(code)) => is_number(machine, code).then(|| Way::Out(Box::new(code.clone()))),
        End::Complete(None) => Some(Way::Out(Box::new(Code {
            syntax: parse_quote_spanned!(Span::call_site()=> ()),
            env: machine.block(block).env,
            effect: Effect::none(),
        }))),
        End::Goto(target, _) => {
            let ended = machine.ended(machine.block(block).env, machine.block(*target).env);
            // Otherwise it is skipped. And there is no way round that ends scopes only.
            (!ended.is_empty()).then_some(Way::To(*target))
        }
        _ => None,
    }
}

/// A literal, or a variable that is certainly a number, perhaps in `Ok(..)`: it is the same before the drops on the way.
fn is_number(machine: &Machine, code: &Code<Expr>) -> bool {
    let mut given = &code.syntax;
    while let Expr::Call(call) = given
        && succeeds(call)
    {
        given = &call.args[0];
    }
    let local = syntax::variable(given).and_then(|name| machine.lookup(code.env, name));
    let number =
        |local| machine.local(local).copy && machine.local(local).plain && machine.local(local).derived.is_none();
    trivial(given) || local.is_some_and(number)
}

/// Whether the value cannot be had where the jump is: its name means another thing there, or something borrows it that the
/// jump ends.
fn is_out_of_reach(machine: &Machine, jump: &Jump, here: EnvId, value: &Code<Expr>) -> bool {
    let used = value.effect.used();
    let scope = machine.in_scope(jump.env);
    let ended = machine.ended(jump.env, here);
    used.iter().any(|local| {
        let name = &machine.local(*local).ident;
        let borrows = |other: &LocalId| machine.local(*other).sources.contains(local);
        let hidden = jump.hidden.contains(&name.to_string()) || machine.lookup(jump.env, name) != Some(*local);
        !scope.contains(local) || hidden || ended.iter().any(borrows)
    })
}

/// Whether something younger than what ends on the way is there at the end: a `return` would drop it first. What a `break` gives is
/// not in scope before.
fn outlives(machine: &Machine, from: EnvId, to: EnvId) -> bool {
    let ended = machine.ended(from, to).into_iter();
    let ended: Vec<_> = ended
        .filter(|local| !machine.local(*local).plain)
        .map(|local| (local, Holds::Either))
        .collect();
    let scope = machine.in_scope(from);
    let mut kept = machine.visible(to);
    let gives = kept.any(|local| !scope.contains(&local) && !machine.local(local).plain);
    // What the code around the `break` declares would drop behind that.
    gives || outlived(machine, from, to, &ended)
}

/// What follows the code does not follow the jump, which is in these blocks, any more.
fn leaves(machine: &mut Machine, leading: &[BlockId], jump: JumpId, value: &Effect) {
    for block in leading {
        machine.blocks[block.0].body.each_effect_mut(&mut |effect| {
            effect.each_mut(&mut |leaf| {
                if matches!(leaf, Effect::Jump(other) if *other == jump) {
                    *leaf = Effect::Seq(vec![value.clone(), Effect::Exit]);
                }
            });
        });
    }
}
