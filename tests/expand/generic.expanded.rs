//! Type parameters, a `where` clause, and bounds that the machine meets.
use unawait::prelude::*;
use core::fmt::Debug;
#[allow(unused_mut, unused_assignments)]
pub fn pairs<A, B, const N: usize>(
    left: A,
    right: [B; N],
) -> impl Iterator<Item = (A, B)> + Clone + Debug
where
    A: Clone + Debug,
    B: Clone + Debug,
{
    use ::core::prelude::v1::{IntoIterator, None, Some};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    #[derive(Clone, Debug)]
    enum State<Left, Right, Iter> {
        Start { left: Left, right: Right },
        /// at `yield_!((left.clone(), b))`
        Yield0 { iter: Iter, left: Left },
        Done,
    }
    machine(
        State::Start { left, right },
        || |state, _| -> CoroutineState<(A, B), ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { left, right } => {
                        let iter = IntoIterator::into_iter(right);
                        State::Yield0 { left, iter }
                    }
                    State::Yield0 { left, mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(b) => {
                                let value: (A, B) = (left.clone(), b);
                                put(state, State::Yield0 { left, iter });
                                return Yielded(value);
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
