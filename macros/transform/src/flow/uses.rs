//! Backward: which variables are used later.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
};

use proc_macro2::Ident;
use syn::Stmt;

use super::reach;
use crate::ir::{BlockId, Body, Called, Code, Effect, End, LocalId, Machine, Node, PartId, Position};

/// The variables used later.
pub(crate) type Live = BTreeSet<LocalId>;

/// Which effects count as uses.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Question {
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
    /// Variables that were found to be `None`, and are mentioned afterwards.
    mentioned_again: Live,
    /// Borrows and positions that are needed after a change of what they are taken of.
    outdated: Live,
    /// What a loop goes over by position, with a method that changes it meanwhile.
    changed_in_loops: BTreeMap<LocalId, Ident>,
    breaks: BTreeMap<usize, Live>,
    continues: BTreeMap<usize, Live>,
    /// The blocks that are gone to.
    targets: BTreeSet<BlockId>,
}

impl Backward<'_> {
    fn effect(&mut self, effect: &Effect, after: Live) -> Live {
        let mut live = after;
        match effect {
            Effect::Read(local) => drop(live.insert(*local)),
            Effect::Whole(local) => live.extend(self.machine.pseudos(*local)),
            Effect::Part(part) => {
                live.insert(self.machine.whole(*part));
                if !self.machine.is_left(*part) && !live.insert(self.machine.pseudo(*part)) {
                    self.copied_parts.insert(*part);
                }
            }
            Effect::Move(local) => {
                if !live.insert(*local) {
                    self.copied.insert(*local);
                }
                if !self.machine.local(*local).ours {
                    live.extend(self.machine.pseudos(*local));
                }
            }
            Effect::Emptied(local) => {
                if !live.insert(*local) {
                    self.mentioned_again.insert(*local);
                }
            }
            Effect::Change(local, place) => self.outdates(*local, Some(place), &live),
            Effect::Call(local, called) => self.may_outdate(*local, called, &live),
            Effect::Assign(local) => drop(match self.question {
                Question::Value => {
                    self.outdates(*local, None, &live);
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

    /// Notes which of the variables are taken of what has just been changed: all of it, or `place`. Were it not behind a
    /// reference, they could not be needed any more.
    fn outdates(&mut self, changed: LocalId, place: Option<&str>, live: &Live) {
        for local in live
            .iter()
            .filter(|local| self.machine.whole_of_pseudo(**local).is_none())
        {
            let borrows = self.borrows(*local, &|code| {
                code.effect.used().contains(&changed) && place.is_none_or(|place| reach::has_place(&code.syntax, place))
            });
            let position = self.machine.positions.get(local);
            let looped =
                |position: &Position| position.of == changed && place.is_none_or(|place| position.place == place);
            if borrows || position.is_some_and(looped) {
                self.outdated.insert(*local);
            }
        }
    }

    /// Whether the code that takes the variable again, or what that is taken of, borrows as asked.
    fn borrows(&self, local: LocalId, asked: &dyn Fn(&Code<Stmt>) -> bool) -> bool {
        let Some(id) = self.machine.local(local).derived else {
            return false;
        };
        let code = &self.machine.derivations[id.0].code;
        asked(code) || code.effect.used().iter().any(|local| self.borrows(*local, asked))
    }

    /// How many steps the code that takes the variable again goes on from a place of `changed`, if it is taken of that.
    fn steps(&self, local: LocalId, changed: LocalId, place: &str) -> Option<usize> {
        let code = &self.machine.derivations[self.machine.local(local).derived?.0].code;
        let steps = code.effect.used().into_iter().filter_map(|used| {
            let variable = self.machine.local(used);
            if used == changed {
                let owns = variable.owns() && variable.ident == place;
                return Some(reach::steps(&code.syntax, place, owns));
            }
            let before = self.steps(used, changed, place)?;
            Some(before + reach::steps(&code.syntax, &variable.ident.to_string(), false))
        });
        steps.max()
    }

    /// The same of a method. A borrow that it leaves alone it may leave behind: where a field refers to what is borrowed, and
    /// the method lets it refer to something else.
    fn may_outdate(&mut self, changed: LocalId, called: &Called, live: &Live) {
        for local in live
            .iter()
            .filter(|local| self.machine.whole_of_pseudo(**local).is_none())
        {
            let steps = self.steps(*local, changed, &called.place);
            if steps.is_some_and(|steps| steps >= reach::BEHIND) {
                self.outdated.insert(*local);
            }
            let position = self.machine.positions.get(local);
            let looped = |position: &Position| position.of == changed && position.place == called.place;
            if called.changes && position.is_some_and(looped) {
                self.changed_in_loops.insert(changed, called.method.clone());
            }
        }
    }

    fn entry(&mut self, block: BlockId) -> Live {
        self.targets.insert(block);
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
            if derived.is_empty() {
                return live;
            }
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

/// The variables that each block still needs at its start.
pub(super) fn backward(machine: &Machine, question: Question) -> Vec<Live> {
    let mut live = vec![Live::new(); machine.blocks.len()];
    // Whether the block has to be looked at: again when what is needed where it goes has changed.
    let mut open = vec![true; machine.blocks.len()];
    let mut sources = vec![BTreeSet::new(); machine.blocks.len()];
    while machine.order.iter().any(|block| open[block.0]) {
        for block in machine.order.iter().rev() {
            if !mem::take(&mut open[block.0]) {
                continue;
            }
            let mut walk = walker(machine, question, &live);
            let entry = walk.body(&machine.block(*block).body);
            let mut entry = walk.with_origins(entry);
            for target in walk.targets {
                sources[target.0].insert(*block);
            }
            let mut in_scope = vec![false; machine.locals.len()];
            let scope = machine.visible(machine.block(*block).env);
            scope.for_each(|local| in_scope[local.0] = true);
            entry.retain(|local| in_scope.get(local.0) == Some(&true) || machine.whole_of_pseudo(*local).is_some());
            if entry != live[block.0] {
                live[block.0] = entry;
                for source in &sources[block.0] {
                    open[source.0] = true;
                }
            }
        }
    }
    live
}

/// A variable that is used by value and again afterwards is `Copy`, or the program is wrong: using it moves nothing.
pub(super) fn mark_copies(machine: &mut Machine, live: &[Live]) {
    let (mut copied, mut parts, mut again) = (Live::new(), BTreeSet::new(), Live::new());
    for block in &machine.order {
        let mut walk = walker(machine, Question::Value, live);
        walk.body(&machine.block(*block).body);
        copied.extend(walk.copied);
        parts.extend(walk.copied_parts);
        again.extend(walk.mentioned_again);
    }
    // What is `Copy` at one place of the code is so at all.
    let places: BTreeSet<_> = parts.iter().map(|part| machine.pseudo(*part)).collect();
    let all = (0..machine.parts.borrow().len()).map(PartId);
    let copies =
        all.filter(|part| !places.is_empty() && !machine.is_left(*part) && places.contains(&machine.pseudo(*part)));
    let wholes: BTreeMap<_, _> = copies.map(|part| (part, machine.whole(part))).collect();
    for local in &copied {
        let variable = &mut machine.locals[local.0];
        variable.proven = !variable.copy;
        (variable.plain, variable.copy) = (true, true);
    }
    let reads = &mut |effect: &mut Effect| match effect {
        Effect::Move(local) if copied.contains(local) => *effect = Effect::Read(*local),
        Effect::Emptied(local) if again.contains(local) => *effect = Effect::Read(*local),
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

/// The borrows and positions that would not be the same if they were taken again.
pub(super) fn outdated(machine: &Machine, live: &[Live]) -> (Live, BTreeMap<LocalId, Ident>) {
    let (mut outdated, mut changed_in_loops) = (Live::new(), BTreeMap::new());
    for block in &machine.order {
        let mut walk = walker(machine, Question::Value, live);
        walk.body(&machine.block(*block).body);
        outdated.extend(walk.outdated);
        changed_in_loops.extend(walk.changed_in_loops);
    }
    (outdated, changed_in_loops)
}

fn walker<'a>(machine: &'a Machine, question: Question, live: &'a [Live]) -> Backward<'a> {
    Backward {
        machine,
        question,
        live,
        copied: Live::new(),
        copied_parts: BTreeSet::new(),
        mentioned_again: Live::new(),
        outdated: Live::new(),
        changed_in_loops: BTreeMap::new(),
        breaks: BTreeMap::new(),
        continues: BTreeMap::new(),
        targets: BTreeSet::new(),
    }
}
