//! What a closure or an `async` block does to the variables that it captures, at the place where it is written.
//!
//! ```text
//! // Input:
//! async { if last { send(text).await } else { keep(text).await } }
//! // Effect: it takes `text` once, whichever path it goes then.
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Effect, LocalId, Machine};

/// The effect of what has that body; `parted`: it takes the parts that it mentions, or what it is made by takes them.
pub(super) fn captures(body: &Effect, by_move: bool, parted: bool, machine: &Machine) -> Effect {
    let mut list = Vec::new();
    let mut taken: Vec<LocalId> = Vec::new();
    let mut parts = BTreeSet::new();
    body.each(&mut |effect| match *effect {
        Effect::Move(local) => taken.push(local),
        Effect::Change(..) | Effect::Call(..) => list.push(effect.clone()),
        // However often it mentions a place, it takes it once.
        Effect::Part(part) if parted => {
            list.extend(parts.insert(machine.pseudo(part)).then_some(Effect::Part(part)));
        }
        Effect::Part(part) => list.push(Effect::Read(machine.whole(part))),
        Effect::Read(local) | Effect::Emptied(local) | Effect::Assign(local) => {
            match by_move && !machine.local(local).copy {
                true => taken.push(local),
                false => list.push(Effect::Read(local)),
            }
            if let Effect::Assign(local) = *effect {
                list.push(Effect::Change(local, machine.local(local).ident.to_string()));
            }
        }
        _ => {}
    });
    list.retain(|effect| !matches!(effect, Effect::Part(part) if taken.contains(&machine.whole(*part))));
    let again = used_again(body);
    let mut seen = BTreeSet::new();
    for local in taken {
        if seen.insert(local) {
            list.push(Effect::Move(local));
            // What it uses by value twice, one after the other, is `Copy`.
            list.extend(again.contains(&local).then_some(Effect::Read(local)));
        }
    }
    Effect::Seq(list)
}

/// The variables that are used behind a place where they are moved.
fn used_again(body: &Effect) -> BTreeSet<LocalId> {
    let mut walk = Walk::default();
    walk.effect(body, Some(BTreeSet::new()));
    walk.again
}

/// The variables that may have been moved; `None` where code cannot be reached.
type Moved = Option<BTreeSet<LocalId>>;

#[derive(Default)]
struct Walk {
    again: BTreeSet<LocalId>,
    /// What has been moved where loops and blocks are left.
    breaks: BTreeMap<usize, BTreeSet<LocalId>>,
    continues: BTreeMap<usize, BTreeSet<LocalId>>,
}

impl Walk {
    fn effect(&mut self, effect: &Effect, moved: Moved) -> Moved {
        let mut moved = moved?;
        match effect {
            Effect::Seq(list) => {
                return list
                    .iter()
                    .try_fold(moved, |moved, effect| self.effect(effect, Some(moved)));
            }
            Effect::Branch(list) => {
                let ends: Vec<_> = list
                    .iter()
                    .filter_map(|effect| self.effect(effect, Some(moved.clone())))
                    .collect();
                return ends.into_iter().reduce(|mut all, other| {
                    all.extend(other);
                    all
                });
            }
            Effect::Loop(label, body) => {
                for _round in 0..2 {
                    let end = self.effect(body, Some(moved.clone()));
                    moved.extend(end.into_iter().flatten());
                    moved.extend(self.continues.remove(label).into_iter().flatten());
                }
                moved.extend(self.breaks.remove(label).into_iter().flatten());
            }
            Effect::Labelled(label, body) => {
                let end = self.effect(body, Some(moved));
                let left = self.breaks.remove(label);
                return match (end, left) {
                    (Some(mut end), left) => {
                        end.extend(left.into_iter().flatten());
                        Some(end)
                    }
                    (None, left) => left,
                };
            }
            Effect::Move(local) => {
                if !moved.insert(*local) {
                    self.again.insert(*local);
                }
            }
            Effect::Read(local) | Effect::Whole(local) | Effect::Emptied(local) if moved.contains(local) => {
                self.again.insert(*local);
            }
            Effect::Assign(local) | Effect::Declare(local) | Effect::Unset(local) => {
                moved.remove(local);
            }
            Effect::Break(label) => {
                self.breaks.entry(*label).or_default().extend(moved);
                return None;
            }
            Effect::Continue(label) => {
                self.continues.entry(*label).or_default().extend(moved);
                return None;
            }
            Effect::Exit | Effect::Jump(_) => return None,
            Effect::Read(_)
            | Effect::Whole(_)
            | Effect::Emptied(_)
            | Effect::Part(_)
            | Effect::Change(..)
            | Effect::Call(..) => {}
        }
        Some(moved)
    }
}
