//! A suspension at the end of a branch goes on behind the scopes that end there, as the branches without one do.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
pub fn merged(left: Vec<String>, right: Vec<String>) -> impl Iterator<Item = String> {
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Left, Right, Left1, Right1> {
        Start { left: Left, right: Right },
        /// at `yield_!(text)`
        Yield0 { right: Right1, left: Left1 },
        Done,
    }
    machine(
        State::Start { left, right },
        || |state, _| -> CoroutineState<String, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { left, right } => {
                        let mut left = left.into_iter().peekable();
                        let mut right = right.into_iter().peekable();
                        State::Yield0 { left, right }
                    }
                    State::Yield0 { mut left, mut right } => {
                        let next = match (left.peek(), right.peek()) {
                            (Some(a), Some(b)) if a <= b => left.next(),
                            (_, Some(_)) => right.next(),
                            (Some(_), None) => left.next(),
                            (None, None) => return Complete(()),
                        };
                        if let Some(text) = next {
                            put(state, State::Yield0 { left, right });
                            return Yielded(text);
                        }
                        State::Yield0 { left, right }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
