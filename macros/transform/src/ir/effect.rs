//! What code does to variables.

use std::{collections::BTreeSet, rc::Rc};

use proc_macro2::Ident;

use super::{JumpId, LocalId, Machine, PartId};

/// What a piece of verbatim code does to the locals, in order of evaluation.
#[derive(Clone, Debug)]
pub(crate) enum Effect {
    Read(LocalId),
    /// What is read is all of it, so each of its parts is there.
    Whole(LocalId),
    /// By value: if the type is `Copy` a read, otherwise a move.
    Move(LocalId),
    /// Found to be `None`: there is nothing left of it, unless it is mentioned again.
    Emptied(LocalId),
    /// A part is used by value: if its type is `Copy` a read, otherwise the rest stays behind.
    Part(PartId),
    /// The whole variable is assigned.
    Assign(LocalId),
    /// A part of it is assigned or borrowed mutably: the place, as text. What is still borrowed of that lies behind a
    /// reference.
    Change(LocalId, String),
    /// A method is called on a place in it, which may change that.
    Call(LocalId, Rc<Called>),
    Declare(LocalId),
    /// Declared without a value.
    Unset(LocalId),
    Seq(Vec<Effect>),
    /// One of these happens.
    Branch(Vec<Effect>),
    /// Any number of times; the number is what `Break` and `Continue` refer to.
    Loop(usize, Box<Effect>),
    /// A labelled block.
    Labelled(usize, Box<Effect>),
    Break(usize),
    Continue(usize),
    /// Leaves the code for a block of the machine.
    Jump(JumpId),
    /// Leaves the function: `return`, `?`, a panic.
    Exit,
}

/// A method call that may change what it is called on.
#[derive(Debug)]
pub(crate) struct Called {
    /// The receiver, as text.
    pub place: String,
    pub method: Ident,
    /// The method is one of std's that changes a collection.
    pub changes: bool,
}

impl Effect {
    pub fn none() -> Self {
        Effect::Seq(Vec::new())
    }

    /// Whether code after this cannot be reached, as far as syntax tells.
    pub fn diverges(&self) -> bool {
        match self {
            Effect::Exit | Effect::Jump(_) | Effect::Break(_) | Effect::Continue(_) => true,
            Effect::Seq(list) => list.iter().any(Effect::diverges),
            Effect::Branch(list) => list.iter().all(Effect::diverges),
            Effect::Loop(label, body) => !body.breaks(*label),
            Effect::Labelled(label, body) => body.diverges() && !body.breaks(*label),
            Effect::Read(_)
            | Effect::Whole(_)
            | Effect::Move(_)
            | Effect::Emptied(_)
            | Effect::Part(_)
            | Effect::Assign(_)
            | Effect::Change(..)
            | Effect::Call(..)
            | Effect::Declare(_)
            | Effect::Unset(_) => false,
        }
    }

    fn breaks(&self, label: usize) -> bool {
        let mut found = false;
        self.each(&mut |leaf| found |= matches!(leaf, Effect::Break(to) if *to == label));
        found
    }

    /// The variables that are read or moved.
    pub fn used(&self) -> BTreeSet<LocalId> {
        let mut found = BTreeSet::new();
        self.each(&mut |leaf| {
            if let Effect::Read(local) | Effect::Move(local) | Effect::Emptied(local) = leaf {
                found.insert(*local);
            }
        });
        found
    }

    /// The variables that are declared with a value, in order.
    pub fn declared(&self) -> Vec<LocalId> {
        let mut found = Vec::new();
        self.each(&mut |leaf| {
            if let Effect::Declare(local) = leaf {
                found.push(*local);
            }
        });
        found
    }

    /// The same, and those without a value.
    pub fn introduced(&self) -> BTreeSet<LocalId> {
        let mut found = BTreeSet::new();
        self.each(&mut |leaf| {
            if let Effect::Declare(local) | Effect::Unset(local) = leaf {
                found.insert(*local);
            }
        });
        found
    }

    /// Calls `f` on each leaf.
    pub fn each(&self, f: &mut impl FnMut(&Effect)) {
        match self {
            Effect::Seq(list) | Effect::Branch(list) => list.iter().for_each(|e| e.each(f)),
            Effect::Loop(_, body) | Effect::Labelled(_, body) => body.each(f),
            leaf => f(leaf),
        }
    }
}

impl Effect {
    /// Calls `f` on each leaf, to change it.
    pub fn each_mut(&mut self, f: &mut impl FnMut(&mut Effect)) {
        match self {
            Effect::Seq(list) | Effect::Branch(list) => list.iter_mut().for_each(|e| e.each_mut(f)),
            Effect::Loop(_, body) | Effect::Labelled(_, body) => body.each_mut(f),
            leaf => f(leaf),
        }
    }
}

impl Machine {
    /// The variables that the code mentions, other than those it declares.
    pub fn mentioned(&self, effect: &Effect) -> BTreeSet<LocalId> {
        let mut found = BTreeSet::new();
        effect.each(&mut |leaf| match leaf {
            Effect::Read(local) | Effect::Move(local) | Effect::Emptied(local) | Effect::Assign(local) => {
                found.insert(*local);
            }
            Effect::Part(part) => drop(found.insert(self.whole(*part))),
            _ => {}
        });
        found
    }

    /// The variables, and those that the borrows among them are taken of.
    pub fn with_origins(&self, mut found: BTreeSet<LocalId>) -> BTreeSet<LocalId> {
        let mut work: Vec<_> = found.iter().copied().collect();
        while let Some(local) = work.pop() {
            let Some(id) = self.local(local).derived else {
                continue;
            };
            let origins = self.derivations[id.0].code.effect.used();
            work.extend(origins.into_iter().filter(|origin| found.insert(*origin)));
        }
        found
    }
}
