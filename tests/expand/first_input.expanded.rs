//! The first input has a name of its own.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn average() -> impl Coroutine<f64, Yield = f64, Return = ()> {
    use ::core::prelude::v1::Option;
    use ::unawait::machine::{
        CoroutineState, Yielded, machine, put, received, resumed_after_completion, take,
    };
    enum State<Sum, Count> {
        Start,
        /// at `yield_!(sum / count)`
        Yield0 { count: Count, sum: Sum },
        Done,
    }
    machine(
        State::Start,
        || |state, mut input: Option<f64>| -> CoroutineState<f64, ()> {
            match take(state, State::Done) {
                State::Start => {
                    let sample = received(&mut input);
                    let mut sum = sample;
                    let mut count = 1.0;
                    let value: f64 = sum / count;
                    put(state, State::Yield0 { sum, count });
                    Yielded(value)
                }
                State::Yield0 { mut sum, mut count } => {
                    sum += received(&mut input);
                    count += 1.0;
                    let value: f64 = sum / count;
                    put(state, State::Yield0 { sum, count });
                    Yielded(value)
                }
                State::Done => resumed_after_completion("average"),
            }
        },
    )
}
