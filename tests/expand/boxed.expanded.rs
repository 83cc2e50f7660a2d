//! A boxed coroutine.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn counter(step: u32) -> Box<dyn Coroutine<bool, Yield = u32, Return = ()> + Send> {
    use ::core::prelude::v1::Option;
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, bounded, put, received,
        resumed_after_completion, take,
    };
    enum State<Step, N> {
        Start { step: Step },
        /// at `yield_!(n)`
        Yield0 { n: N, step: Step },
        Done,
    }
    Box::new(
        bounded(
            State::Start { step },
            || |state, mut input: Option<bool>| -> CoroutineState<u32, ()> {
                match take(state, State::Done) {
                    State::Start { step } => {
                        let mut n = 0;
                        put(state, State::Yield0 { step, n });
                        Yielded(n)
                    }
                    State::Yield0 { step, mut n } => {
                        if received(&mut input) {
                            n += step;
                            put(state, State::Yield0 { step, n });
                            Yielded(n)
                        } else {
                            Complete(())
                        }
                    }
                    State::Done => resumed_after_completion("counter"),
                }
            },
        ),
    )
}
