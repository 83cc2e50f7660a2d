//! Callbacks by number, and the heap of those that have a time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

use slab::Slab;

use crate::waiting::Registration;

/// What happens when its turn or its time has come.
pub(super) enum Callback {
    /// Calls what a user gave.
    Call(Box<dyn FnOnce()>),
    /// Wakes a task that sleeps.
    Wake(Registration),
}

/// Which callback is meant. A number is never used again, a place is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id {
    number: u64,
    place: usize,
}

/// All callbacks that wait, those of `call_soon` too. To cancel one is to remove it: what has its number in the queue or in
/// the heap then finds nothing.
#[derive(Default)]
pub(super) struct Timers {
    callbacks: Slab<Entry>,
    heap: BinaryHeap<Reverse<(Duration, Id)>>,
    /// How many entries of the heap still have their callback.
    timed: usize,
    next: u64,
}

struct Entry {
    number: u64,
    callback: Callback,
    /// Whether its number is in the heap.
    timed: bool,
}

impl Timers {
    /// Keeps a callback that has a place in the queue.
    pub(super) fn insert(&mut self, callback: Callback) -> Id {
        self.keep(callback, false)
    }

    /// Keeps a callback until a time. Those of one time keep their order.
    pub(super) fn insert_at(&mut self, when: Duration, callback: Callback) -> Id {
        let id = self.keep(callback, true);
        self.heap.push(Reverse((when, id)));
        self.timed += 1;
        id
    }

    fn keep(&mut self, callback: Callback, timed: bool) -> Id {
        let number = self.next;
        self.next += 1;
        let place = self.callbacks.insert(Entry {
            number,
            callback,
            timed,
        });
        Id { number, place }
    }

    /// Takes a callback because its turn has come, or because it is cancelled.
    pub(super) fn remove(&mut self, id: Id) -> Option<Callback> {
        self.entry(id)?;
        let entry = self.callbacks.remove(id.place);
        if entry.timed {
            self.timed -= 1;
            self.sweep();
        }
        Some(entry.callback)
    }

    /// Frees the heap of what was cancelled, once that is the greater part of it.
    fn sweep(&mut self) {
        if self.heap.len() > 2 * self.timed + 64 {
            let callbacks = &self.callbacks;
            self.heap.retain(|Reverse((_, id))| holds(callbacks, *id));
        }
    }

    pub(super) fn get_mut(&mut self, id: Id) -> Option<&mut Callback> {
        self.entry(id).map(|entry| &mut entry.callback)
    }

    fn entry(&mut self, id: Id) -> Option<&mut Entry> {
        self.callbacks
            .get_mut(id.place)
            .filter(|entry| entry.number == id.number)
    }

    /// When the next timer is due.
    pub(super) fn next(&mut self) -> Option<Duration> {
        loop {
            let Reverse((when, id)) = self.heap.peek()?;
            if holds(&self.callbacks, *id) {
                return Some(*when);
            }
            self.heap.pop();
        }
    }

    /// The number of a timer that is due. Its callback stays until its turn has come.
    pub(super) fn pop_due(&mut self, now: Duration) -> Option<Id> {
        self.next().filter(|&when| when <= now)?;
        let Reverse((_, id)) = self.heap.pop()?;
        self.entry(id)?.timed = false;
        self.timed -= 1;
        Some(id)
    }

    /// Takes all callbacks, because the loop ends.
    pub(super) fn clear(&mut self) -> Vec<Callback> {
        self.heap.clear();
        self.timed = 0;
        self.callbacks.drain().map(|entry| entry.callback).collect()
    }
}

fn holds(callbacks: &Slab<Entry>, id: Id) -> bool {
    callbacks.get(id.place).is_some_and(|entry| entry.number == id.number)
}
