//! Who leads where, kept up to date while blocks are folded into each other: a change is looked at where it was made, so that the
//! time is that of the changes.

use std::collections::BTreeSet;

use super::successors;
use crate::ir::{BlockId, Machine};

/// How a block is reached.
#[derive(Default, Clone, Copy)]
pub(super) struct Entries {
    pub gotos: usize,
    /// From suspensions and from jumps in verbatim code: these need a state.
    pub others: usize,
}

/// The blocks by their places in the order, and what is to be looked at again.
pub(super) struct Graph {
    order: Vec<BlockId>,
    /// By block.
    places: Vec<usize>,
    /// By place: whether the block is part of others now.
    gone: Vec<bool>,
    /// By place, and whether by a `goto`.
    leads: Vec<Vec<(usize, bool)>>,
    /// By place.
    before: Vec<BTreeSet<usize>>,
    /// For each rule the places where it may apply.
    open: [BTreeSet<usize>; 5],
}

impl Graph {
    pub fn of(machine: &Machine) -> Self {
        let count = machine.order.len();
        let all: BTreeSet<_> = (0..count).collect();
        let mut graph = Graph {
            order: machine.order.clone(),
            places: vec![usize::MAX; machine.blocks.len()],
            gone: vec![false; count],
            leads: vec![Vec::new(); count],
            before: vec![BTreeSet::new(); count],
            open: [all.clone(), all.clone(), all.clone(), all.clone(), all],
        };
        for (place, block) in machine.order.iter().enumerate() {
            graph.places[block.0] = place;
        }
        (0..count).for_each(|place| graph.read(machine, place));
        graph
    }

    /// Notes where the block leads now.
    fn read(&mut self, machine: &Machine, place: usize) {
        for (target, _) in std::mem::take(&mut self.leads[place]) {
            self.before[target].remove(&place);
        }
        let body = &machine.block(self.order[place]).body;
        let mut leads = Vec::new();
        successors(machine, body, &mut |target, goto| {
            leads.push((self.places[target.0], goto));
        });
        for (target, _) in &leads {
            self.before[*target].insert(place);
        }
        self.leads[place] = leads;
    }

    /// The next block where the rule may apply, in order.
    pub fn next(&mut self, rule: usize) -> Option<BlockId> {
        loop {
            let place = self.open[rule].pop_first()?;
            if !self.gone[place] {
                return Some(self.order[place]);
            }
        }
    }

    pub fn entries(&self, block: BlockId) -> Entries {
        let place = self.places[block.0];
        let mut entries = Entries::default();
        let all = self.before[place].iter().flat_map(|from| &self.leads[*from]);
        for (_, goto) in all.filter(|(target, _)| *target == place) {
            match goto {
                true => entries.gotos += 1,
                false => entries.others += 1,
            }
        }
        entries
    }

    /// The blocks that lead to this one.
    pub fn leading_to(&self, block: BlockId) -> Vec<BlockId> {
        let places = self.before[self.places[block.0]].iter();
        places.map(|place| self.order[*place]).collect()
    }

    /// Whether no other state stands between the block and the one that goes to it.
    pub fn follows_predecessor(&self, block: BlockId) -> bool {
        let place = self.places[block.0];
        let before = (0..place).rev().find(|other| !self.gone[*other]);
        before.is_some_and(|before| self.before[place].contains(&before))
    }

    /// The block became a part of those that led to it, or is skipped by them.
    pub fn folded(&mut self, machine: &Machine, block: BlockId) {
        let place = self.places[block.0];
        let changed = std::mem::take(&mut self.before[place]);
        if place > 0 {
            self.gone[place] = true;
            for (target, _) in std::mem::take(&mut self.leads[place]) {
                self.before[target].remove(&place);
            }
        }
        self.reopen_after(place);
        for from in changed {
            if self.gone[from] {
                continue;
            }
            self.read(machine, from);
            self.reopen(from);
            self.reopen_after(from);
            for (target, _) in self.leads[from].clone() {
                self.reopen(target);
            }
        }
    }

    /// Nothing in verbatim code jumps to the block any more; `leading` led to it. If nothing else does, it is gone.
    pub fn changed(&mut self, machine: &Machine, block: BlockId, leading: &[BlockId]) {
        for from in leading {
            self.read(machine, self.places[from.0]);
            for (target, _) in self.leads[self.places[from.0]].clone() {
                self.reopen(target);
            }
        }
        match self.leading_to(block).is_empty() {
            true => self.folded(machine, block),
            false => self.reopen(self.places[block.0]),
        }
    }

    fn reopen_after(&mut self, place: usize) {
        if let Some(next) = (place + 1..self.order.len()).find(|other| !self.gone[*other]) {
            self.reopen(next);
        }
    }

    fn reopen(&mut self, place: usize) {
        for open in &mut self.open {
            open.insert(place);
        }
    }

    /// The blocks that are left.
    pub fn left(&self) -> Vec<BlockId> {
        let left = self.order.iter().zip(&self.gone);
        left.filter(|(_, gone)| !**gone).map(|(block, _)| *block).collect()
    }
}
