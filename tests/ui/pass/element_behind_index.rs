//! An element of what the caller keeps is borrowed once.

use std::cell::Cell;
use std::ops::Index;
use unawait::prelude::*;

struct Table(Vec<u32>, Cell<u32>);

impl Index<usize> for Table {
    type Output = u32;

    fn index(&self, index: usize) -> &u32 {
        self.1.set(self.1.get() + 1);
        &self.0[index]
    }
}

#[coro]
fn parts(table: &Table) -> impl Iterator<Item = u32> {
    let part = &table[1];
    yield_!(0);
    yield_!(*part);
}

fn main() {
    let table = Table(vec![1, 2], Cell::new(0));
    assert!(parts(&table).eq([0, 2]));
    assert_eq!(table.1.get(), 1);
}
