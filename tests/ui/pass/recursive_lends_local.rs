//! Give it away, or share it.

use std::cell::RefCell;
use unawait::prelude::*;

#[coro(recursive)]
fn walk(text: String) -> impl Iterator<Item = usize> {
    yield_!(text.len());
    if let Some(rest) = text.get(1..) {
        let upper = rest.to_uppercase();
        yield_from!(walk(upper));
    }
}

#[coro(recursive)]
fn pushes(list: &RefCell<Vec<u32>>, n: u32) -> impl Iterator<Item = u32> {
    list.borrow_mut().push(n);
    if n > 0 {
        yield_from!(pushes(list, n - 1));
    }
    yield_!(list.borrow().len() as u32);
}

fn main() {
    assert!(walk("ab".into()).eq([2, 1, 0]));
    assert!(pushes(&RefCell::default(), 2).eq([3, 3, 3]));
}
