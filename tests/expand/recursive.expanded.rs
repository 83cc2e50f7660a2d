//! A generator that calls itself, as a stack of states.
use unawait::prelude::*;
struct Tree {
    value: u32,
    children: Vec<Tree>,
}
#[allow(unused_mut, unused_assignments)]
fn walk(tree: &Tree, depth: usize) -> impl Iterator<Item = (usize, u32)> {
    use ::core::prelude::v1::{IntoIterator, None, Some};
    use ::unawait::machine::{
        Call, Complete, CoroutineState, Emit, Recursion, Yielded, put, recursive, take,
    };
    enum State<Tree, Depth, Iter> {
        Start { tree: Tree, depth: Depth },
        /// at `yield_!((depth, tree.value))`
        Yield0 { depth: Depth, tree: Tree },
        /// at `yield_from!(walk(child, depth + 1))`
        From0 { iter: Iter, depth: Depth },
        Done,
    }
    recursive(
        State::Start { tree, depth },
        || |state, _| -> CoroutineState<Recursion<_, (usize, u32)>, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { tree, depth } => {
                        let item: (usize, u32) = (depth, tree.value);
                        put(state, State::Yield0 { tree, depth });
                        return Yielded(Emit(item));
                    }
                    State::Yield0 { tree, depth } => {
                        let iter = IntoIterator::into_iter(&tree.children);
                        State::From0 { depth, iter }
                    }
                    State::From0 { depth, mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(child) => {
                                let tree_1: &Tree = child;
                                let depth_1: usize = depth + 1;
                                put(state, State::From0 { depth, iter });
                                return Yielded(
                                    Call(State::Start {
                                        tree: tree_1,
                                        depth: depth_1,
                                    }),
                                );
                            }
                            None => return Complete(()),
                        }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
struct Node {
    value: u32,
    left: Option<Box<Node>>,
    right: Option<Box<Node>>,
}
impl Node {
    #[allow(unused_mut, unused_assignments)]
    fn in_order(&self) -> Box<dyn Iterator<Item = u32> + '_> {
        use ::unawait::machine::{
            Become, Call, Complete, CoroutineState, Emit, Recursion, Yielded,
            bounded_recursive, put, take,
        };
        enum State<This> {
            Start { this: This },
            /// at `yield_from!(left.in_order())`
            From0 { this: This },
            /// at `yield_!(self.value)`
            Yield0 { this: This },
            Done,
        }
        Box::new(
            bounded_recursive(
                State::Start { this: self },
                || |state, _| -> CoroutineState<Recursion<_, u32>, ()> {
                    let mut current = take(state, State::Done);
                    loop {
                        current = match current {
                            State::Start { this } => {
                                if let Some(left) = &this.left {
                                    let this_1: &Self = left;
                                    put(state, State::From0 { this });
                                    return Yielded(Call(State::Start { this: this_1 }));
                                }
                                State::From0 { this }
                            }
                            State::From0 { this } => {
                                let item: u32 = this.value;
                                put(state, State::Yield0 { this });
                                return Yielded(Emit(item));
                            }
                            State::Yield0 { this } => {
                                if let Some(right) = &this.right {
                                    let this_1: &Self = right;
                                    return Yielded(Become(State::Start { this: this_1 }));
                                }
                                return Complete(());
                            }
                            State::Done => return Complete(()),
                        };
                    }
                },
            ),
        )
    }
}
