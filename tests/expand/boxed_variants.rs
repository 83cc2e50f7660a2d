//! What a match moves out of a box leaves nothing of it.

use unawait::prelude::*;

pub enum Tree {
    Leaf(u32),
    Branch(Box<Tree>, Box<Tree>),
}

#[coro]
pub fn leaves(root: Box<Tree>) -> impl Iterator<Item = u32> {
    let mut stack = vec![root];
    while let Some(tree) = stack.pop() {
        match *tree {
            Tree::Leaf(n) => yield_!(n),
            Tree::Branch(left, right) => {
                stack.push(right);
                stack.push(left);
            }
        }
    }
}
