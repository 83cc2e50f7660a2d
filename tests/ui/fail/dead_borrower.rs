//! A dead local may have a drop that looks at what it borrows.

use unawait::prelude::*;

struct Cursor<'a> {
    at: &'a mut Vec<usize>,
    moves: usize,
}

#[coro]
fn lengths() -> impl Iterator<Item = usize> {
    let mut list = vec![1];
    let mut cursor = Cursor { at: &mut list, moves: 0 };
    cursor.at.push(2);
    cursor.moves += 1;
    yield_!(1);
    yield_!(list.len());
}

fn main() {}
