//! A generator that contains itself, in boxes.

use unawait::prelude::*;

struct Tree {
    value: u32,
    children: Vec<Tree>,
}

#[coro]
fn walk(tree: &Tree) -> Box<dyn Iterator<Item = u32> + '_> {
    yield_!(tree.value);
    for child in &tree.children {
        yield_from!(walk(child));
    }
}
