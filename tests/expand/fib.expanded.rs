//! Locals that are both carried, and a loop without an end.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn fib() -> impl Iterator<Item = u64> {
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<A, B> {
        Start,
        /// at `yield_!(a)`
        Yield0 { b: B, a: A },
        Done,
    }
    machine(
        State::Start,
        || |state, _| -> CoroutineState<u64, ()> {
            match take(state, State::Done) {
                State::Start => {
                    let (mut a, mut b) = (0, 1);
                    put(state, State::Yield0 { a, b });
                    Yielded(a)
                }
                State::Yield0 { mut a, mut b } => {
                    (a, b) = (b, a + b);
                    put(state, State::Yield0 { a, b });
                    Yielded(a)
                }
                State::Done => Complete(()),
            }
        },
    )
}
