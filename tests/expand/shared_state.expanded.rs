//! Suspensions after which the same happens resume at one state.
use unawait::prelude::*;
/// So there is one way to the head of the loop, and it is a part of that state.
#[allow(unused_mut, unused_assignments)]
fn mean() -> impl Coroutine<f64, Yield = f64, Return = ()> {
    use ::core::prelude::v1::Option;
    use ::unawait::machine::{
        CoroutineState, Yielded, machine, put, received, resumed_after_completion, take,
    };
    enum State<Total, Count> {
        Start,
        /// at `yield_!(0.0)` and `yield_!(total / count)`
        Yield0 { count: Count, total: Total },
        Done,
    }
    machine(
        State::Start,
        || |state, mut input: Option<f64>| -> CoroutineState<f64, ()> {
            match take(state, State::Done) {
                State::Start => {
                    let (mut total, mut count) = (0.0, 0.0);
                    put(state, State::Yield0 { total, count });
                    Yielded(0.0)
                }
                State::Yield0 { mut total, mut count } => {
                    let mut x = received(&mut input);
                    total += x;
                    count += 1.0;
                    let value: f64 = total / count;
                    put(state, State::Yield0 { total, count });
                    Yielded(value)
                }
                State::Done => resumed_after_completion("mean"),
            }
        },
    )
}
/// The name that was received before drops when the next one is there: only one of the states has it.
#[allow(
    unused_mut,
    unused_assignments,
    dropping_copy_types,
    dropping_references,
    clippy::drop_non_drop
)]
fn greet() -> impl Coroutine<String, Yield = usize, Return = ()> {
    use ::core::prelude::v1::{Option, drop};
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, put, received,
        resumed_after_completion, take,
    };
    enum State<Name> {
        Start,
        /// at `yield_!(0)`
        Yield0,
        /// the head of `while !name.is_empty()`
        While0 { name: Name },
        /// at `yield_!(1)`
        Yield1 { name: Name },
        Done,
    }
    machine(
        State::Start,
        || |state, mut input: Option<String>| -> CoroutineState<usize, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start => {
                        drop(input.take());
                        put(state, State::Yield0);
                        return Yielded(0);
                    }
                    State::Yield0 => {
                        let mut name = received(&mut input);
                        State::While0 { name }
                    }
                    State::While0 { mut name } => {
                        if !name.is_empty() {
                            println!("Hello {name}!");
                            put(state, State::Yield1 { name });
                            return Yielded(1);
                        }
                        return Complete(());
                    }
                    State::Yield1 { mut name } => {
                        name = received(&mut input);
                        State::While0 { name }
                    }
                    State::Done => resumed_after_completion("greet"),
                };
            }
        },
    )
}
