//! What a match moves out of a box leaves nothing of it.
use unawait::prelude::*;
pub enum Tree {
    Leaf(u32),
    Branch(Box<Tree>, Box<Tree>),
}
#[allow(unused_mut, unused_assignments)]
pub fn leaves(root: Box<Tree>) -> impl Iterator<Item = u32> {
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Root, Stack> {
        Start { root: Root },
        /// at `yield_!(n)`
        Yield0 { stack: Stack },
        Done,
    }
    machine(
        State::Start { root },
        || |state, _| -> CoroutineState<u32, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { root } => {
                        let mut stack = vec![root];
                        State::Yield0 { stack }
                    }
                    State::Yield0 { mut stack } => {
                        if let Some(tree) = stack.pop() {
                            match *tree {
                                Tree::Leaf(n) => {
                                    put(state, State::Yield0 { stack });
                                    return Yielded(n);
                                }
                                Tree::Branch(left, right) => {
                                    stack.push(right);
                                    stack.push(left);
                                    State::Yield0 { stack }
                                }
                            }
                        } else {
                            return Complete(())
                        }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
