//! A block ends what borrows, or its type says that it has no drop.

use unawait::machine::NoDrop;
use unawait::prelude::*;

struct Cursor<'a> {
    at: &'a mut Vec<usize>,
}

#[coro]
fn in_a_block() -> impl Iterator<Item = usize> {
    let mut list = vec![1];
    {
        let cursor = Cursor { at: &mut list };
        cursor.at.push(2);
    }
    yield_!(1);
    yield_!(list.len());
}

struct Plain<'a> {
    at: &'a mut Vec<usize>,
}

impl NoDrop for Plain<'_> {}

#[coro]
fn of_a_type_without_drop() -> impl Iterator<Item = usize> {
    let mut list = vec![1];
    let cursor = Plain { at: &mut list };
    cursor.at.push(2);
    yield_!(1);
    yield_!(list.len());
}

fn main() {
    assert!(in_a_block().eq([1, 2]));
    assert!(of_a_type_without_drop().eq([1, 2]));
}
