//! A `let .. else` whose way out suspends.
use unawait::prelude::*;
fn first_line(text: Option<String>) -> impl Iterator<Item = String> {
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Text, Text1> {
        Start { text: Text },
        /// at `yield_!("no text".to_owned())`
        Yield0 { text: Text },
        /// at `yield_!(text.len().to_string())`
        Yield1 { text: Text1 },
        Done,
    }
    machine(
        State::Start { text },
        || |state, _| -> CoroutineState<String, ()> {
            match take(state, State::Done) {
                State::Start { text } => {
                    let Some(text) = text else {
                        let value: String = "no text".to_owned();
                        put(state, State::Yield0 { text });
                        return Yielded(value);
                    };
                    let value: String = text.len().to_string();
                    put(state, State::Yield1 { text });
                    Yielded(value)
                }
                State::Yield0 { text: _text } => Complete(()),
                State::Yield1 { text } => Yielded(text),
                State::Done => Complete(()),
            }
        },
    )
}
