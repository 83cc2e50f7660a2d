//! Callbacks by number, and the heap of those that have a time.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::time::Duration;

use crate::waiting::Registration;

/// What happens when its turn or its time has come.
pub(super) enum Callback {
    /// Calls what a user gave.
    Call(Box<dyn FnOnce()>),
    /// Wakes a task that sleeps.
    Wake(Registration),
}

/// All callbacks that wait, those of `call_soon` too. To cancel one is to remove it: what has its number in the queue or in
/// the heap then finds nothing.
#[derive(Default)]
pub(super) struct Timers {
    callbacks: HashMap<u64, Entry>,
    heap: BinaryHeap<Reverse<(Duration, u64)>>,
    /// How many entries of the heap still have their callback.
    timed: usize,
    next: u64,
}

struct Entry {
    callback: Callback,
    /// Whether its number is in the heap.
    timed: bool,
}

impl Timers {
    /// Keeps a callback that has a place in the queue.
    pub(super) fn insert(&mut self, callback: Callback) -> u64 {
        self.keep(callback, false)
    }

    /// Keeps a callback until a time. Those of one time keep their order.
    pub(super) fn insert_at(&mut self, when: Duration, callback: Callback) -> u64 {
        let id = self.keep(callback, true);
        self.heap.push(Reverse((when, id)));
        self.timed += 1;
        id
    }

    fn keep(&mut self, callback: Callback, timed: bool) -> u64 {
        let id = self.next;
        self.next += 1;
        self.callbacks.insert(id, Entry { callback, timed });
        id
    }

    /// Takes a callback because its turn has come, or because it is cancelled.
    pub(super) fn remove(&mut self, id: u64) -> Option<Callback> {
        let entry = self.callbacks.remove(&id)?;
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
            self.heap.retain(|Reverse((_, id))| callbacks.contains_key(id));
        }
    }

    pub(super) fn get_mut(&mut self, id: u64) -> Option<&mut Callback> {
        self.callbacks.get_mut(&id).map(|entry| &mut entry.callback)
    }

    /// When the next timer is due.
    pub(super) fn next(&mut self) -> Option<Duration> {
        loop {
            let Reverse((when, id)) = self.heap.peek()?;
            if self.callbacks.contains_key(id) {
                return Some(*when);
            }
            self.heap.pop();
        }
    }

    /// The number of a timer that is due. Its callback stays until its turn has come.
    pub(super) fn pop_due(&mut self, now: Duration) -> Option<u64> {
        self.next().filter(|&when| when <= now)?;
        let Reverse((_, id)) = self.heap.pop()?;
        self.callbacks.get_mut(&id)?.timed = false;
        self.timed -= 1;
        Some(id)
    }

    /// Takes all callbacks, because the loop ends.
    pub(super) fn clear(&mut self) -> Vec<Callback> {
        self.heap.clear();
        self.timed = 0;
        self.callbacks.drain().map(|(_, entry)| entry.callback).collect()
    }
}
