//! Names that stand for one thing after another.
use unawait::prelude::*;
fn steps(n: u32) -> impl Iterator<Item = u32> {
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<N, N1, N11> {
        Start { n: N },
        /// at `yield_!(n)`
        Yield0 { n: N1 },
        /// at `yield_!(n)`
        Yield1 { n_1: N11, n: N1 },
        /// at `yield_!(n)`
        Yield2 { n: N1 },
        Done,
    }
    machine(
        State::Start { n },
        || |state, _| -> CoroutineState<u32, ()> {
            match take(state, State::Done) {
                State::Start { n } => {
                    let n = n + 1;
                    put(state, State::Yield0 { n });
                    Yielded(n)
                }
                State::Yield0 { n } => {
                    let n_1 = 10 * n;
                    put(state, State::Yield1 { n, n_1 });
                    Yielded(n_1)
                }
                State::Yield1 { n, n_1 } => {
                    let n_2 = n_1 + 1;
                    put(state, State::Yield2 { n });
                    Yielded(n_2)
                }
                State::Yield2 { n } => Yielded(n),
                State::Done => Complete(()),
            }
        },
    )
}
