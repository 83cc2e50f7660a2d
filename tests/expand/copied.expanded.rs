//! A reference to a copy: `*n` moves nothing.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn running_total(numbers: &[i32]) -> impl Iterator<Item = i32> {
    use ::core::prelude::v1::{IntoIterator, None, Some};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Numbers, Total, Iter, N> {
        Start { numbers: Numbers },
        /// at `yield_!(total)`
        Yield0 { iter: Iter, total: Total },
        /// at `yield_!(*n)`
        Yield1 { n: N, iter: Iter, total: Total },
        Done,
    }
    machine(
        State::Start { numbers },
        || |state, _| -> CoroutineState<i32, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { numbers } => {
                        let mut total = 0;
                        let iter = IntoIterator::into_iter(numbers);
                        State::Yield0 { total, iter }
                    }
                    State::Yield0 { total, mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(n) => {
                                let value: i32 = *n;
                                put(state, State::Yield1 { total, iter, n });
                                return Yielded(value);
                            }
                            None => return Complete(()),
                        }
                    }
                    State::Yield1 { mut total, iter, n } => {
                        total += *n;
                        put(state, State::Yield0 { total, iter });
                        return Yielded(total);
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
