//! Forward: what each variable holds, and where the paths of a body lead.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{BlockId, Body, Code, Effect, End, EnvId, JumpId, LocalId, Machine, Node, PartId};

/// Whether a variable holds a value, over all paths to a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Holds {
    Value,
    Nothing,
    Either,
}

/// What variables hold; one that is not listed holds a value.
#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct Moves {
    holds: BTreeMap<LocalId, Holds>,
    /// Parts that have been used by value.
    parts: BTreeMap<LocalId, BTreeSet<PartId>>,
}

impl Moves {
    pub fn get(&self, local: LocalId) -> Holds {
        self.holds.get(&local).copied().unwrap_or(Holds::Value)
    }

    /// The parts of the variable that have been used by value.
    pub fn parts(&self, local: LocalId) -> Vec<PartId> {
        self.parts.get(&local).into_iter().flatten().copied().collect()
    }

    /// Whether all of the variable is there, so that it can be dropped by its name. What a partial move leaves cannot be, nor
    /// what only types tell of: the end of the arm does it.
    pub fn whole(&self, machine: &Machine, local: LocalId) -> Holds {
        let parted = self.parts.contains_key(&local);
        match self.get(local) {
            Holds::Nothing if !parted => Holds::Nothing,
            Holds::Value if !parted && !machine.doubtful.borrow().contains(&local) => Holds::Value,
            _ => Holds::Either,
        }
    }

    /// The variable is there no more.
    pub fn end(&mut self, local: LocalId) {
        self.set(local, Holds::Nothing);
    }

    fn set(&mut self, local: LocalId, holds: Holds) {
        self.parts.remove(&local);
        match holds {
            Holds::Value => self.holds.remove(&local),
            other => self.holds.insert(local, other),
        };
    }

    fn take_part(&mut self, local: LocalId, part: PartId) {
        self.parts.entry(local).or_default().insert(part);
    }

    /// Forgets variables that are not in scope.
    fn retain(&mut self, in_scope: impl Fn(LocalId) -> bool) {
        self.holds.retain(|local, _| in_scope(*local));
        self.parts.retain(|local, _| in_scope(*local));
    }

    /// What holds where this path and `other` meet.
    fn meet(&mut self, other: &Moves, machine: &Machine) {
        if self == other {
            return;
        }
        let holds = self.holds.keys().chain(other.holds.keys());
        let parts = self.parts.keys().chain(other.parts.keys());
        let locals: BTreeSet<_> = holds.chain(parts).copied().collect();
        for local in locals {
            if self.get(local) != other.get(local) {
                self.set(local, Holds::Either);
            } else if self.parts(local) != other.parts(local) {
                let (here, there) = (self.parts(local), other.parts(local));
                let mut differ = here
                    .iter()
                    .chain(&there)
                    .filter(|part| here.contains(part) != there.contains(part));
                // Of a part that has a name rustc sees on which paths it is gone.
                match differ.all(|part| machine.has_name(*part)) {
                    true => there.into_iter().for_each(|part| self.take_part(local, part)),
                    false => self.set(local, Holds::Either),
                }
            }
        }
    }
}

/// Where control can be: `None` where it cannot.
type Path = Option<Moves>;

fn meet(into: &mut Path, other: Path, machine: &Machine) {
    match (into.as_mut(), other) {
        (Some(into), Some(other)) => into.meet(&other, machine),
        (None, other) => *into = other,
        (Some(_), None) => {}
    }
}

/// A forward walk over effects.
pub(crate) struct Forward<'a> {
    machine: &'a Machine,
    /// What the variables hold at each jump out of verbatim code.
    pub jumps: BTreeMap<JumpId, Moves>,
    breaks: BTreeMap<usize, Path>,
    continues: BTreeMap<usize, Path>,
}

impl<'a> Forward<'a> {
    pub fn new(machine: &'a Machine) -> Self {
        Forward {
            machine,
            jumps: BTreeMap::new(),
            breaks: BTreeMap::new(),
            continues: BTreeMap::new(),
        }
    }

    pub fn effect(&mut self, effect: &Effect, path: Path) -> Path {
        let mut moves = path?;
        match effect {
            Effect::Read(_) | Effect::Whole(_) | Effect::Change(..) | Effect::Call(..) => {}
            Effect::Move(local) | Effect::Emptied(local) | Effect::Unset(local) => moves.set(*local, Holds::Nothing),
            Effect::Part(part) => moves.take_part(self.machine.whole(*part), *part),
            Effect::Assign(local) | Effect::Declare(local) => moves.set(*local, Holds::Value),
            Effect::Seq(list) => {
                return list
                    .iter()
                    .try_fold(moves, |moves, effect| self.effect(effect, Some(moves)));
            }
            Effect::Branch(list) => {
                let mut end = None;
                for effect in list {
                    let branch = self.effect(effect, Some(moves.clone()));
                    meet(&mut end, branch, self.machine);
                }
                return end;
            }
            Effect::Loop(label, body) => return self.loop_(*label, body, moves),
            Effect::Labelled(label, body) => {
                let mut end = self.effect(body, Some(moves));
                meet(&mut end, self.breaks.remove(label).flatten(), self.machine);
                return end;
            }
            Effect::Break(label) => {
                meet(self.breaks.entry(*label).or_default(), Some(moves), self.machine);
                return None;
            }
            Effect::Continue(label) => {
                meet(self.continues.entry(*label).or_default(), Some(moves), self.machine);
                return None;
            }
            Effect::Jump(jump) => {
                match self.jumps.get_mut(jump) {
                    Some(before) => before.meet(&moves, self.machine),
                    None => drop(self.jumps.insert(*jump, moves)),
                }
                return None;
            }
            Effect::Exit => return None,
        }
        Some(moves)
    }

    fn loop_(&mut self, label: usize, body: &Effect, moves: Moves) -> Path {
        let mut head = moves;
        loop {
            self.breaks.remove(&label);
            let mut round = self.effect(body, Some(head.clone()));
            meet(&mut round, self.continues.remove(&label).flatten(), self.machine);
            let mut next = Some(head.clone());
            meet(&mut next, round, self.machine);
            match next {
                Some(next) if next != head => head = next,
                _ => return self.breaks.remove(&label).flatten(),
            }
        }
    }
}

/// Where each path of a body leads to, with what the variables hold there.
fn exits(body: &Body, machine: &Machine, moves: Moves, visit: &mut impl FnMut(BlockId, Moves)) {
    let mut forward = Forward::new(machine);
    ends(&mut forward, body, Some(moves), &mut |target, _, moves| {
        visit(target, moves);
    });
    for (jump, moves) in forward.jumps {
        visit(machine.jumps[jump.0].target, moves);
    }
}

/// Calls `visit` for each `goto` of a body: its target, from where, and what the variables hold there.
pub(crate) fn gotos(machine: &Machine, body: &Body, moves: Moves, visit: &mut impl FnMut(BlockId, EnvId, Moves)) {
    ends(
        &mut Forward::new(machine),
        body,
        Some(moves),
        &mut |target, from, moves| {
            if let Some(from) = from {
                visit(target, from, moves);
            }
        },
    );
}

impl Code<syn::Stmt> {
    /// Whether the value of a `let .. else` is a place: where it does not match, nothing was moved out of it.
    pub(crate) fn refuses_place(&self) -> bool {
        let syn::Stmt::Local(local) = &self.syntax else {
            return false;
        };
        local
            .init
            .as_ref()
            .is_some_and(|init| crate::syntax::is_place(&init.expr))
    }
}

/// Calls `visit` where a body ends: the block that follows, from where if by a `goto`, and what the variables hold.
fn ends(forward: &mut Forward, body: &Body, mut path: Path, visit: &mut impl FnMut(BlockId, Option<EnvId>, Moves)) {
    for node in &body.nodes {
        match node {
            Node::Code(code) => path = forward.effect(&code.effect, path),
            Node::LetElse { code, otherwise } => {
                let before = path.clone();
                path = forward.effect(&code.effect, path);
                let refused = match code.refuses_place() {
                    true => before,
                    false => path.clone(),
                };
                ends(forward, otherwise, refused, visit);
            }
            Node::EndScope(_) => {}
        }
    }
    match &body.end {
        End::Goto(target, env) => {
            if let Some(moves) = path {
                visit(*target, Some(*env), moves);
            }
        }
        End::Suspend(suspension) => {
            if let Some(moves) = forward.effect(&suspension.value.effect, path) {
                visit(suspension.resume, None, moves);
            }
        }
        End::If {
            condition,
            taken,
            then,
            otherwise,
        } => {
            let path = forward.effect(&condition.effect, path);
            let inside = forward.effect(taken, path.clone());
            ends(forward, then, inside, visit);
            ends(forward, otherwise, path, visit);
        }
        End::Match { scrutinee, arms } => {
            let path = forward.effect(&scrutinee.effect, path);
            for arm in arms {
                let inside = forward.effect(&arm.pattern.effect, path.clone());
                ends(forward, &arm.body, inside, visit);
            }
        }
        End::Complete(Some(value)) => drop(forward.effect(&value.effect, path)),
        End::Complete(None) | End::Diverge => {}
    }
}

/// What the variables hold at the start of each block; `None`: the block cannot be reached.
pub(super) fn forward(machine: &Machine) -> Vec<Option<Moves>> {
    let mut entries: Vec<Path> = vec![None; machine.blocks.len()];
    let Some(&start) = machine.order.first() else {
        return entries;
    };
    entries[start.0] = Some(Moves::default());
    let mut work = vec![start];
    let mut scopes = BTreeMap::new();
    while let Some(block) = work.pop() {
        let Some(moves) = entries[block.0].clone() else {
            continue;
        };
        exits(&machine.block(block).body, machine, moves, &mut |target, mut moves| {
            // Else what has ended long ago would be taken along to the end of the function.
            let scope = scopes.entry(target).or_insert_with(|| scope_around(machine, target));
            moves.retain(|local| scope.contains(&local));
            match &mut entries[target.0] {
                Some(entry) if *entry == moves => {}
                Some(entry) => {
                    let before = entry.clone();
                    entry.meet(&moves, machine);
                    if *entry != before {
                        work.push(target);
                    }
                }
                none => {
                    *none = Some(moves);
                    work.push(target);
                }
            }
        });
    }
    entries
}

/// What is in scope in the block, and at the jumps to it.
fn scope_around(machine: &Machine, block: BlockId) -> BTreeSet<LocalId> {
    let jumps = machine.jumps.iter().filter(|jump| jump.target == block);
    let envs = jumps.map(|jump| jump.env).chain([machine.block(block).env]);
    envs.flat_map(|env| machine.visible(env)).collect()
}
