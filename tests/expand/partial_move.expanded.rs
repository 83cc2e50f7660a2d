//! A struct whose fields are moved one by one, the rest living on.
use unawait::prelude::*;
struct Message {
    id: u32,
    body: String,
    tags: Vec<String>,
}
#[allow(
    unused_mut,
    unused_assignments,
    dropping_copy_types,
    dropping_references,
    clippy::drop_non_drop
)]
fn parts(message: Message) -> impl Iterator<Item = String> {
    use ::core::prelude::v1::{IntoIterator, None, Some, drop};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Message, Id, Tags, Iter> {
        Start { message: Message },
        /// at `yield_!(body)`
        Yield0 { tags: Tags, id: Id },
        /// at `yield_!(tag)`
        Yield1 { iter: Iter, id: Id },
        /// at `yield_!(id.to_string())`
        Yield2 { id: Id },
        Done,
    }
    machine(
        State::Start { message },
        || |state, _| -> CoroutineState<String, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { message } => {
                        let Message { id, body, tags } = message;
                        put(state, State::Yield0 { id, tags });
                        return Yielded(body);
                    }
                    State::Yield0 { id, tags } => {
                        let iter = IntoIterator::into_iter(tags);
                        State::Yield1 { id, iter }
                    }
                    State::Yield1 { id, mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(tag) => {
                                put(state, State::Yield1 { id, iter });
                                return Yielded(tag);
                            }
                            None => {
                                drop(iter);
                                let value: String = id.to_string();
                                put(state, State::Yield2 { id });
                                return Yielded(value);
                            }
                        }
                    }
                    State::Yield2 { id: _id } => return Complete(()),
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
