//! A counter whose guards count themselves as they end.

use std::cell::Cell;

use crate::harness::log;

/// Borrows a local, and says when it ends.
pub struct CountGuard<'c>(pub &'c Cell<u32>);

impl CountGuard<'_> {
    pub fn new(count: &Cell<u32>) -> CountGuard<'_> {
        CountGuard(count)
    }

    pub fn get(&self) -> u32 {
        self.0.get()
    }
}

impl Drop for CountGuard<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
        log(format!("count {}", self.0.get()));
    }
}

/// Lends its guards by a method that is named as such ones are.
pub struct Counter(pub Cell<u32>);

impl Counter {
    pub fn enter(&self) -> CountGuard<'_> {
        CountGuard(&self.0)
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        log(format!("counter {}", self.0.get()));
    }
}
