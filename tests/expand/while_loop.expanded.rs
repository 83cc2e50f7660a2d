//! A condition is tested again after each suspension.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn collatz(n: u64) -> impl Iterator<Item = u64> {
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<N> {
        Start { n: N },
        /// the head of `while n != 1`
        While0 { n: N },
        /// at `yield_!(n)`
        Yield0 { n: N },
        Done,
    }
    machine(
        State::Start { n },
        || |state, _| -> CoroutineState<u64, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { n } => State::While0 { n },
                    State::While0 { n } => {
                        if n != 1 {
                            put(state, State::Yield0 { n });
                            return Yielded(n);
                        }
                        return Yielded(1);
                    }
                    State::Yield0 { mut n } => {
                        n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
                        State::While0 { n }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
