//! A generator that contains itself, in boxes.
use unawait::prelude::*;
struct Tree {
    value: u32,
    children: Vec<Tree>,
}
#[allow(unused_mut, unused_assignments)]
fn walk(tree: &Tree) -> Box<dyn Iterator<Item = u32> + '_> {
    use ::core::prelude::v1::{IntoIterator, None, Some};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, bounded, put, take};
    enum State<Tree, Iter, Inner> {
        Start { tree: Tree },
        /// at `yield_!(tree.value)`
        Yield0 { tree: Tree },
        /// the head of `for child in &tree.children`
        For0 { iter: Iter },
        /// at `yield_from!(walk(child))`
        From0 { inner: Inner, iter: Iter },
        Done,
    }
    Box::new(
        bounded(
            State::Start { tree },
            || |state, _| -> CoroutineState<u32, ()> {
                let mut current = take(state, State::Done);
                loop {
                    current = match current {
                        State::Start { tree } => {
                            let item = tree.value;
                            put(state, State::Yield0 { tree });
                            return Yielded(item);
                        }
                        State::Yield0 { tree } => {
                            let iter = IntoIterator::into_iter(&tree.children);
                            State::For0 { iter }
                        }
                        State::For0 { mut iter } => {
                            match Iterator::next(&mut iter) {
                                Some(child) => {
                                    let inner: Box<dyn Iterator<Item = u32> + '_> = walk(child);
                                    State::From0 { iter, inner }
                                }
                                None => return Complete(()),
                            }
                        }
                        State::From0 { iter, mut inner } => {
                            match Iterator::next(&mut inner) {
                                Some(value_1) => {
                                    put(state, State::From0 { iter, inner });
                                    return Yielded(value_1);
                                }
                                None => State::For0 { iter },
                            }
                        }
                        State::Done => return Complete(()),
                    };
                }
            },
        ),
    )
}
