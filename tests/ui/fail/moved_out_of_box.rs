//! Whether `*x` moves out of a box or copies out of a reference depends on the type.

use unawait::prelude::*;

enum Tree {
    Leaf(u32),
    Inner(Box<Tree>),
}

#[coro]
fn leaves(tree: Tree) -> impl Iterator<Item = u32> {
    let mut rest = vec![tree];
    while let Some(tree) = rest.pop() {
        match tree {
            Tree::Leaf(n) => yield_!(n),
            Tree::Inner(inner) => {
                rest.push(*inner);
                yield_!(0);
            }
        }
    }
}

fn main() {}
