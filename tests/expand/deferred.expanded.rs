//! A variable that is initialised later.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn sign(n: i32) -> impl Iterator<Item = String> {
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<N, Text> {
        Start { n: N },
        /// at `yield_!("negative".to_owned())`
        Yield0 { n: N },
        AfterIf0 { text: Text },
        /// at `yield_!(text.clone())`
        Yield1 { text: Text },
        Done,
    }
    machine(
        State::Start { n },
        || |state, _| -> CoroutineState<String, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { n } => {
                        let text;
                        if n < 0 {
                            let value: String = "negative".to_owned();
                            put(state, State::Yield0 { n });
                            return Yielded(value);
                        }
                        text = n.to_string();
                        State::AfterIf0 { text }
                    }
                    State::Yield0 { n } => {
                        let text = (-n).to_string();
                        State::AfterIf0 { text }
                    }
                    State::AfterIf0 { text } => {
                        let value: String = text.clone();
                        put(state, State::Yield1 { text });
                        return Yielded(value);
                    }
                    State::Yield1 { text } => return Yielded(text),
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
