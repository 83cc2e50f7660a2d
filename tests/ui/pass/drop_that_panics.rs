//! A variable whose drop panics, dropped by name at the end of its scope: the others drop all the same.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use unawait::prelude::*;

struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        panic!("the guard");
    }
}

struct Counted<'a>(&'a Cell<u32>);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

#[coro]
fn rounds(counted: Counted<'_>) -> impl Iterator<Item = u32> {
    for guard in [Guard] {
        yield_!(1);
        drop(guard);
    }
    yield_!(counted.0.get());
}

fn main() {
    let drops = Cell::new(0);
    let mut rounds = rounds(Counted(&drops));
    assert_eq!(rounds.next(), Some(1));
    assert!(catch_unwind(AssertUnwindSafe(|| rounds.next())).is_err());
    assert_eq!(drops.get(), 1);
}
