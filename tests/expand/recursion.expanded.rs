//! A generator that contains itself, in boxes.
use unawait::prelude::*;
struct Tree {
    value: u32,
    children: Vec<Tree>,
}
#[allow(unused_mut, unused_assignments)]
fn walk(tree: &Tree) -> Box<dyn Iterator<Item = u32> + '_> {
    use ::core::prelude::v1::{IntoIterator, None, Some};
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, bounded_delegating, put, take,
    };
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
        bounded_delegating(
            State::Start { tree },
            || |state, _| -> CoroutineState<u32, ()> {
                loop {
                    let value_1 = match state {
                        State::From0 { inner, .. } => Iterator::next(inner),
                        _ => None,
                    };
                    if let Some(value_1) = value_1 {
                        return Yielded(value_1);
                    }
                    match take(state, State::Done) {
                        State::Start { tree } => {
                            let item: u32 = tree.value;
                            put(state, State::Yield0 { tree });
                            return Yielded(item);
                        }
                        State::Yield0 { tree } => {
                            let iter = IntoIterator::into_iter(&tree.children);
                            put(state, State::For0 { iter });
                        }
                        State::For0 { mut iter } => {
                            match Iterator::next(&mut iter) {
                                Some(child) => {
                                    let inner: Box<dyn Iterator<Item = u32> + '_> = walk(child);
                                    put(state, State::From0 { iter, inner });
                                }
                                None => return Complete(()),
                            }
                        }
                        State::From0 { iter, inner: _inner } => {
                            put(state, State::For0 { iter })
                        }
                        State::Done => return Complete(()),
                    }
                }
            },
        ),
    )
}
