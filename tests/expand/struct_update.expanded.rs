//! What `..base` leaves of the base drops at the end of its scope.
use unawait::prelude::*;
struct Request {
    path: String,
    body: Vec<u8>,
}
fn requests(first: Request) -> impl Iterator<Item = usize> {
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, hold, machine, put, take,
    };
    enum State<First, HeldFirst, Second> {
        Start { first: First },
        /// at `yield_!(second.path.len())`
        Yield0 { second: Second, held_first: HeldFirst },
        /// at `yield_!(second.body.len())`
        Yield1 { second: Second, held_first: HeldFirst },
        Done,
    }
    machine(
        State::Start { first },
        || |state, _| -> CoroutineState<usize, ()> {
            match take(state, State::Done) {
                State::Start { first } => {
                    let second = Request {
                        path: format!("{}/next", first.path),
                        ..first
                    };
                    let value: usize = second.path.len();
                    put(
                        state,
                        State::Yield0 {
                            held_first: hold(&first.path).keep(first.path),
                            second,
                        },
                    );
                    Yielded(value)
                }
                State::Yield0 { held_first, second } => {
                    let value: usize = second.body.len();
                    put(
                        state,
                        State::Yield1 {
                            held_first,
                            second,
                        },
                    );
                    Yielded(value)
                }
                State::Yield1 { held_first: _held_first, second: _second } => {
                    Complete(())
                }
                State::Done => Complete(()),
            }
        },
    )
}
fn renamed(first: Request) -> impl Iterator<Item = usize> {
    use ::core::prelude::v1::Some;
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, leftover, machine, put, take,
    };
    enum State<First, HeldFirst, Second> {
        Start { first: First },
        /// at `yield_!(second.path.len())`
        Yield0 { second: Second, held_first: HeldFirst },
        /// at `yield_!(second.body.len())`
        Yield1 { second: Second, held_first: HeldFirst },
        Done,
    }
    machine(
        State::Start { first },
        || |state, _| -> CoroutineState<usize, ()> {
            match take(state, State::Done) {
                State::Start { first } => {
                    let second = Request {
                        body: first.body.clone(),
                        path: format!("{}/next", first.path),
                        ..first
                    };
                    let value: usize = second.path.len();
                    put(
                        state,
                        State::Yield0 {
                            held_first: Some(
                                leftover(move || {
                                    let _ = (&first.body, &first.path);
                                }),
                            ),
                            second,
                        },
                    );
                    Yielded(value)
                }
                State::Yield0 { held_first, second } => {
                    let value: usize = second.body.len();
                    put(
                        state,
                        State::Yield1 {
                            held_first,
                            second,
                        },
                    );
                    Yielded(value)
                }
                State::Yield1 { held_first: _held_first, second: _second } => {
                    Complete(())
                }
                State::Done => Complete(()),
            }
        },
    )
}
