//! An iterator over a text has nothing to drop: it needs no name where a match keeps it.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
pub fn characters(text: &str) -> impl Iterator<Item = char> {
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Text, Rest, C> {
        Start { text: Text },
        /// the head of `while let Some(c) = rest.chars().next()`
        While0 { rest: Rest },
        /// at `yield_!(c)`
        Yield0 { c: C, rest: Rest },
        Done,
    }
    machine(
        State::Start { text },
        || |state, _| -> CoroutineState<char, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { text } => {
                        let mut rest = text.trim();
                        State::While0 { rest }
                    }
                    State::While0 { mut rest } => {
                        if let Some(c) = rest.chars().next() {
                            put(state, State::Yield0 { rest, c });
                            return Yielded(c);
                        }
                        return Complete(());
                    }
                    State::Yield0 { mut rest, c } => {
                        rest = &rest[c.len_utf8()..];
                        State::While0 { rest }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
