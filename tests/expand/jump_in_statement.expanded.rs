//! A `continue` in a statement that stays whole goes to a state.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn changes(numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    use ::core::prelude::v1::{IntoIterator, None, Some};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Numbers, Last, Iter, N> {
        Start { numbers: Numbers },
        /// the head of `for n in numbers`
        For0 { iter: Iter, last: Last },
        /// at `yield_!(n)`
        Yield0 { n: N, iter: Iter },
        Done,
    }
    machine(
        State::Start { numbers },
        || |state, _| -> CoroutineState<u32, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { numbers } => {
                        let mut last = 0;
                        let iter = IntoIterator::into_iter(numbers);
                        State::For0 { last, iter }
                    }
                    State::For0 { mut last, mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(n) => {
                                if n == last {
                                    last += 1;
                                    current = State::For0 { last, iter };
                                    continue;
                                }
                                put(state, State::Yield0 { iter, n });
                                return Yielded(n);
                            }
                            None => return Complete(()),
                        }
                    }
                    State::Yield0 { iter, n } => {
                        let mut last = n;
                        State::For0 { last, iter }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
