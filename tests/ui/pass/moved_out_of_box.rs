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
                let inner: Box<Tree> = inner;
                rest.push(*inner);
                yield_!(0);
            }
        }
    }
}

fn main() {
    assert!(leaves(Tree::Inner(Box::new(Tree::Leaf(1)))).eq([0, 1]));
}
