//! The iterator of a `for` loop is carried.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn long_words(text: &str) -> impl Iterator<Item = &str> {
    use ::core::prelude::v1::{None, Some};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Text, Iter> {
        Start { text: Text },
        /// at `yield_!(word)`
        Yield0 { iter: Iter },
        Done,
    }
    machine(
        State::Start { text },
        || |state, _| -> CoroutineState<&str, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { text } => {
                        let iter = text.split_whitespace();
                        State::Yield0 { iter }
                    }
                    State::Yield0 { mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(word) => {
                                if word.len() > 3 {
                                    put(state, State::Yield0 { iter });
                                    return Yielded(word);
                                }
                                State::Yield0 { iter }
                            }
                            None => return Complete(()),
                        }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
