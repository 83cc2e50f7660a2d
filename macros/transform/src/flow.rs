//! Two analyses of the graph: which variables hold a value at the start of each block, and which are used from there on.
//!
//! Forward, for moves: a variable may hold a value, be gone (moved, or not set yet), or either, depending on the path.
//! Backward, for uses: a variable is live where some path leads to a mention that is not its assignment.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{BlockId, Body, Effect, End, EnvId, JumpId, LocalId, Machine, Node, PartId};

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

    /// What holds where this path and `other` meet.
    fn meet(&mut self, other: &Moves) {
        let holds = self.holds.keys().chain(other.holds.keys());
        let parts = self.parts.keys().chain(other.parts.keys());
        let locals: BTreeSet<_> = holds.chain(parts).copied().collect();
        for local in locals {
            if self.get(local) != other.get(local) || self.parts(local) != other.parts(local) {
                self.set(local, Holds::Either);
            }
        }
    }
}

/// Where control can be: `None` where it cannot.
type Path = Option<Moves>;

fn meet(into: &mut Path, other: Path) {
    match (into.as_mut(), other) {
        (Some(into), Some(other)) => into.meet(&other),
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
            Effect::Read(_) => {}
            Effect::Move(local) | Effect::Unset(local) => moves.set(*local, Holds::Nothing),
            Effect::Part(part) => moves.take_part(self.machine.whole(*part), *part),
            Effect::Assign(local) | Effect::Declare(local) => moves.set(*local, Holds::Value),
            Effect::Seq(list) => return list.iter().fold(Some(moves), |path, effect| self.effect(effect, path)),
            Effect::Branch(list) => {
                let mut end = None;
                for effect in list {
                    let branch = self.effect(effect, Some(moves.clone()));
                    meet(&mut end, branch);
                }
                return end;
            }
            Effect::Loop(label, body) => return self.loop_(*label, body, moves),
            Effect::Labelled(label, body) => {
                let mut end = self.effect(body, Some(moves));
                meet(&mut end, self.breaks.remove(label).flatten());
                return end;
            }
            Effect::Break(label) => {
                meet(self.breaks.entry(*label).or_default(), Some(moves));
                return None;
            }
            Effect::Continue(label) => {
                meet(self.continues.entry(*label).or_default(), Some(moves));
                return None;
            }
            Effect::Jump(jump) => {
                match self.jumps.get_mut(jump) {
                    Some(before) => before.meet(&moves),
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
            meet(&mut round, self.continues.remove(&label).flatten());
            let mut next = Some(head.clone());
            meet(&mut next, round);
            match next {
                Some(next) if next != head => head = next,
                _ => return self.breaks.remove(&label).flatten(),
            }
        }
    }
}

/// The variables used later.
pub(crate) type Live = BTreeSet<LocalId>;

/// Which effects count as uses.
#[derive(Clone, Copy, PartialEq)]
enum Question {
    /// Is the value needed?
    Value,
    /// Is the variable mentioned at all, be it to assign it?
    Name,
}

struct Backward<'a> {
    machine: &'a Machine,
    question: Question,
    live: &'a [Live],
    /// Variables that are used by value and again afterwards.
    copied: Live,
    copied_parts: BTreeSet<PartId>,
    breaks: BTreeMap<usize, Live>,
    continues: BTreeMap<usize, Live>,
}

impl Backward<'_> {
    fn effect(&mut self, effect: &Effect, after: Live) -> Live {
        let mut live = after;
        match effect {
            Effect::Read(local) => drop(live.insert(*local)),
            Effect::Part(part) => {
                live.insert(self.machine.whole(*part));
                if !live.insert(self.machine.pseudo(*part)) {
                    self.copied_parts.insert(*part);
                }
            }
            Effect::Move(local) => {
                if !live.insert(*local) {
                    self.copied.insert(*local);
                }
            }
            Effect::Assign(local) => drop(match self.question {
                Question::Value => {
                    live.retain(|other| self.machine.whole_of_pseudo(*other) != Some(*local));
                    live.remove(local)
                }
                Question::Name => live.insert(*local),
            }),
            Effect::Declare(local) => {
                live.retain(|other| self.machine.whole_of_pseudo(*other) != Some(*local));
                live.remove(local);
            }
            Effect::Unset(_) => {}
            Effect::Seq(list) => return list.iter().rev().fold(live, |live, effect| self.effect(effect, live)),
            Effect::Branch(list) => {
                let branches: Vec<_> = list.iter().map(|effect| self.effect(effect, live.clone())).collect();
                return branches.into_iter().flatten().collect();
            }
            Effect::Loop(label, body) => {
                self.breaks.insert(*label, live);
                let mut head = Live::new();
                loop {
                    self.continues.insert(*label, head.clone());
                    let next = self.effect(body, head.clone());
                    if next.is_subset(&head) {
                        return head;
                    }
                    head.extend(next);
                }
            }
            Effect::Labelled(label, body) => {
                self.breaks.insert(*label, live.clone());
                return self.effect(body, live);
            }
            Effect::Break(label) => return self.breaks.get(label).cloned().unwrap_or_default(),
            Effect::Continue(label) => return self.continues.get(label).cloned().unwrap_or_default(),
            Effect::Jump(jump) => return self.entry(self.machine.jumps[jump.0].target),
            Effect::Exit => return Live::new(),
        }
        live
    }

    fn entry(&self, block: BlockId) -> Live {
        self.live[block.0].clone()
    }

    fn body(&mut self, body: &Body) -> Live {
        let mut live = match &body.end {
            End::Goto(target, _) => self.entry(*target),
            End::Suspend(suspension) => {
                let after = self.entry(suspension.resume);
                self.effect(&suspension.value.effect, after)
            }
            End::Complete(value) => match value {
                Some(value) => self.effect(&value.effect, Live::new()),
                None => Live::new(),
            },
            End::If {
                condition,
                taken,
                then,
                otherwise,
            } => {
                let inside = self.body(then);
                let mut branches = self.effect(taken, inside);
                branches.extend(self.body(otherwise));
                self.effect(&condition.effect, branches)
            }
            End::Match { scrutinee, arms } => {
                let mut branches = Live::new();
                for arm in arms {
                    let inside = self.body(&arm.body);
                    branches.extend(self.effect(&arm.pattern.effect, inside));
                }
                self.effect(&scrutinee.effect, branches)
            }
            End::Diverge => Live::new(),
        };
        for node in body.nodes.iter().rev() {
            live = match node {
                Node::Code(code) => self.effect(&code.effect, live),
                Node::LetElse { code, otherwise } => {
                    live.extend(self.body(otherwise));
                    self.effect(&code.effect, live)
                }
                Node::EndScope(_) => live,
            };
        }
        live
    }

    /// What a derived variable borrows is needed where the variable is.
    fn with_origins(&mut self, mut live: Live) -> Live {
        loop {
            let variables = live
                .iter()
                .filter(|local| self.machine.whole_of_pseudo(**local).is_none());
            let derived = variables.filter_map(|local| self.machine.local(*local).derived);
            let derived: BTreeSet<_> = derived.collect();
            let mut wider = live.clone();
            for id in derived {
                wider = self.effect(&self.machine.derivations[id.0].code.effect, wider);
            }
            wider.extend(live.iter().copied());
            match wider == live {
                true => return live,
                false => live = wider,
            }
        }
    }
}

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
}

/// The variables that turned out to be `Copy`, by name and number.
pub(crate) fn copies(machine: &Machine) -> BTreeSet<(String, usize)> {
    let proven = machine.locals.iter().filter(|local| local.proven);
    proven.map(|local| (local.ident.to_string(), local.nth)).collect()
}

pub(crate) fn analyze(machine: &mut Machine) -> Flow {
    let live = backward(machine, Question::Value);
    mark_copies(machine, &live);
    let machine = &*machine;
    let moves = forward(machine);
    let named = backward(machine, Question::Name);
    let mut flow = Flow {
        moves,
        live,
        named,
        hiding: BTreeSet::new(),
    };
    flow.hiding = hiding(machine, &flow);
    flow
}

/// Where each path of a body leads to, with what the variables hold there.
pub(crate) fn exits(body: &Body, machine: &Machine, moves: Moves, visit: &mut impl FnMut(BlockId, Moves)) {
    let mut forward = Forward::new(machine);
    exits_with(&mut forward, body, Some(moves), visit);
    for (jump, moves) in forward.jumps {
        visit(machine.jumps[jump.0].target, moves);
    }
}

fn exits_with(forward: &mut Forward, body: &Body, mut path: Path, visit: &mut impl FnMut(BlockId, Moves)) {
    for node in &body.nodes {
        match node {
            Node::Code(code) => path = forward.effect(&code.effect, path),
            Node::LetElse { code, otherwise } => {
                exits_with(forward, otherwise, path.clone(), visit);
                path = forward.effect(&code.effect, path);
            }
            Node::EndScope(_) => {}
        }
    }
    match &body.end {
        End::Goto(target, _) => {
            if let Some(moves) = path {
                visit(*target, moves);
            }
        }
        End::Suspend(suspension) => {
            if let Some(moves) = forward.effect(&suspension.value.effect, path) {
                visit(suspension.resume, moves);
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
            exits_with(forward, then, inside, visit);
            exits_with(forward, otherwise, path, visit);
        }
        End::Match { scrutinee, arms } => {
            let path = forward.effect(&scrutinee.effect, path);
            for arm in arms {
                let inside = forward.effect(&arm.pattern.effect, path.clone());
                exits_with(forward, &arm.body, inside, visit);
            }
        }
        End::Complete(Some(value)) => drop(forward.effect(&value.effect, path)),
        End::Complete(None) | End::Diverge => {}
    }
}

/// Calls `visit` for each `goto` of a body: its target, from where, and what the variables hold there.
pub(crate) fn gotos(machine: &Machine, body: &Body, moves: Moves, visit: &mut impl FnMut(BlockId, EnvId, Moves)) {
    gotos_with(&mut Forward::new(machine), body, Some(moves), visit);
}

fn gotos_with(forward: &mut Forward, body: &Body, mut path: Path, visit: &mut impl FnMut(BlockId, EnvId, Moves)) {
    for node in &body.nodes {
        match node {
            Node::Code(code) => path = forward.effect(&code.effect, path),
            Node::LetElse { code, otherwise } => {
                gotos_with(forward, otherwise, path.clone(), visit);
                path = forward.effect(&code.effect, path);
            }
            Node::EndScope(_) => {}
        }
    }
    match &body.end {
        End::Goto(target, env) => {
            if let Some(moves) = path {
                visit(*target, *env, moves);
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
            gotos_with(forward, then, inside, visit);
            gotos_with(forward, otherwise, path, visit);
        }
        End::Match { scrutinee, arms } => {
            let path = forward.effect(&scrutinee.effect, path);
            for arm in arms {
                let inside = forward.effect(&arm.pattern.effect, path.clone());
                gotos_with(forward, &arm.body, inside, visit);
            }
        }
        End::Suspend(_) | End::Complete(_) | End::Diverge => {}
    }
}

fn forward(machine: &Machine) -> Vec<Option<Moves>> {
    let mut entries: Vec<Path> = vec![None; machine.blocks.len()];
    let Some(&start) = machine.order.first() else {
        return entries;
    };
    entries[start.0] = Some(Moves::default());
    let mut work = vec![start];
    while let Some(block) = work.pop() {
        let Some(moves) = entries[block.0].clone() else {
            continue;
        };
        exits(&machine.block(block).body, machine, moves, &mut |target, moves| {
            let mut met = entries[target.0].clone();
            meet(&mut met, Some(moves));
            if met != entries[target.0] {
                entries[target.0] = met;
                work.push(target);
            }
        });
    }
    entries
}

fn backward(machine: &Machine, question: Question) -> Vec<Live> {
    let mut live = vec![Live::new(); machine.blocks.len()];
    loop {
        let mut changed = false;
        for block in machine.order.iter().rev() {
            let mut walk = walker(machine, question, &live);
            let entry = walk.body(&machine.block(*block).body);
            let mut entry = walk.with_origins(entry);
            let scope: Live = machine.visible(machine.block(*block).env).collect();
            entry.retain(|local| scope.contains(local) || machine.whole_of_pseudo(*local).is_some());
            if entry != live[block.0] {
                live[block.0] = entry;
                changed = true;
            }
        }
        if !changed {
            return live;
        }
    }
}

/// A variable that is used by value and again afterwards is `Copy`, or the program is wrong: using it moves nothing.
fn mark_copies(machine: &mut Machine, live: &[Live]) {
    let (mut copied, mut parts) = (Live::new(), BTreeSet::new());
    for block in &machine.order {
        let mut walk = walker(machine, Question::Value, live);
        walk.body(&machine.block(*block).body);
        copied.extend(walk.copied);
        parts.extend(walk.copied_parts);
    }
    let wholes: BTreeMap<_, _> = parts.iter().map(|part| (*part, machine.whole(*part))).collect();
    for local in &copied {
        let variable = &mut machine.locals[local.0];
        variable.proven = !variable.copy;
        (variable.plain, variable.copy) = (true, true);
    }
    let reads = &mut |effect: &mut Effect| match effect {
        Effect::Move(local) if copied.contains(local) => *effect = Effect::Read(*local),
        Effect::Part(part) => {
            if let Some(whole) = wholes.get(part) {
                *effect = Effect::Read(*whole);
            }
        }
        _ => {}
    };
    for block in &mut machine.blocks {
        block.body.each_effect_mut(&mut |effect| effect.each_mut(reads));
    }
}

fn walker<'a>(machine: &'a Machine, question: Question, live: &'a [Live]) -> Backward<'a> {
    Backward {
        machine,
        question,
        live,
        copied: Live::new(),
        copied_parts: BTreeSet::new(),
        breaks: BTreeMap::new(),
        continues: BTreeMap::new(),
    }
}

/// Whether the end of a variable's scope is an event: it holds something whose drop may be observed.
pub(crate) fn ends_with_drop(machine: &Machine, local: LocalId, holds: Holds) -> bool {
    let variable = machine.local(local);
    holds != Holds::Nothing && !variable.plain && variable.derived.is_none()
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
    pairs
}
