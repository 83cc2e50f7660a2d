//! A generator that calls itself, as a stack of states.

use unawait::prelude::*;

struct Tree {
    value: u32,
    children: Vec<Tree>,
}

#[coro(recursive)]
fn walk(tree: &Tree, depth: usize) -> impl Iterator<Item = (usize, u32)> {
    yield_!((depth, tree.value));
    for child in &tree.children {
        yield_from!(walk(child, depth + 1));
    }
}

struct Node {
    value: u32,
    left: Option<Box<Node>>,
    right: Option<Box<Node>>,
}

impl Node {
    #[coro(recursive)]
    fn in_order(&self) -> Box<dyn Iterator<Item = u32> + '_> {
        if let Some(left) = &self.left {
            yield_from!(left.in_order());
        }
        yield_!(self.value);
        if let Some(right) = &self.right {
            yield_from!(right.in_order());
        }
    }
}
