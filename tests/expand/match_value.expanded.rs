//! A `match` with a value, some of it from a suspension.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn dialog() -> impl Coroutine<u8, Yield = &'static str, Return = u32> {
    use ::core::prelude::v1::Option;
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, put, received,
        resumed_after_completion, take,
    };
    enum State<Size> {
        Start,
        /// at `yield_!("size?")`
        Yield0,
        /// at `yield_!("really?")`
        Yield1,
        /// at `yield_!("thanks")`
        Yield2 { size: Size },
        Done,
    }
    machine(
        State::Start,
        || |state, mut input: Option<u8>| -> CoroutineState<&'static str, u32> {
            match take(state, State::Done) {
                State::Start => {
                    put(state, State::Yield0);
                    Yielded("size?")
                }
                State::Yield0 => {
                    match received(&mut input) {
                        0 => Complete(0),
                        1..=9 => {
                            let size = 10;
                            put(state, State::Yield2 { size });
                            Yielded("thanks")
                        }
                        _ => {
                            put(state, State::Yield1);
                            Yielded("really?")
                        }
                    }
                }
                State::Yield1 => {
                    let size = match received(&mut input) {
                        0 => 99,
                        more => u32::from(more),
                    };
                    put(state, State::Yield2 { size });
                    Yielded("thanks")
                }
                State::Yield2 { size } => Complete(size * 2),
                State::Done => resumed_after_completion("dialog"),
            }
        },
    )
}
/// A pattern that binds the variable whose value the `match` is.
pub fn same_name(first: Option<u32>) -> impl Iterator<Item = u32> {
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<First> {
        Start { first: First },
        /// at `yield_!(0)`
        Yield0,
        Done,
    }
    machine(
        State::Start { first },
        || |state, _| -> CoroutineState<u32, ()> {
            match take(state, State::Done) {
                State::Start { first } => {
                    match first {
                        Some(first) => Yielded(first),
                        None => {
                            put(state, State::Yield0);
                            Yielded(0)
                        }
                    }
                }
                State::Yield0 => {
                    let first = 1;
                    Yielded(first)
                }
                State::Done => Complete(()),
            }
        },
    )
}
