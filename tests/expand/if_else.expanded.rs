//! Branches that suspend, and meet again.
use unawait::prelude::*;
#[allow(
    unused_mut,
    unused_assignments,
    dropping_copy_types,
    dropping_references,
    clippy::drop_non_drop
)]
fn countdown(from: u32, polite: bool) -> impl Iterator<Item = String> {
    use ::core::prelude::v1::{IntoIterator, None, Some, drop};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<From, Polite, Iter> {
        Start { from: From, polite: Polite },
        /// at `yield_!("ready".to_owned())` and `yield_!("hurry".to_owned())`
        Yield0 { from: From },
        /// at `yield_!(n.to_string())`
        Yield1 { iter: Iter },
        Done,
    }
    machine(
        State::Start { from, polite },
        || |state, _| -> CoroutineState<String, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { from, polite } => {
                        if polite {
                            let value: String = "ready".to_owned();
                            put(state, State::Yield0 { from });
                            return Yielded(value);
                        }
                        if from > 3 {
                            let value: String = "hurry".to_owned();
                            put(state, State::Yield0 { from });
                            return Yielded(value);
                        }
                        State::Yield0 { from }
                    }
                    State::Yield0 { from } => {
                        let iter = IntoIterator::into_iter((1..=from).rev());
                        State::Yield1 { iter }
                    }
                    State::Yield1 { mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(n) => {
                                let value: String = n.to_string();
                                put(state, State::Yield1 { iter });
                                return Yielded(value);
                            }
                            None => {
                                drop(iter);
                                return Yielded("go".to_owned());
                            }
                        }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
