//! A struct of which one field is moved out.
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
    use ::unawait::machine::{
        Complete, CoroutineState, IntoIterator, None, Some, Yielded, drop, machine, put,
        take,
    };
    enum State<Message, MessageTags, MessageId, Iter> {
        Start { message: Message },
        /// at `yield_!(message.body)`
        Yield0 { message_id: MessageId, message_tags: MessageTags },
        /// at `yield_!(tag)`
        Yield1 { iter: Iter, message_id: MessageId },
        /// at `yield_!(message.id.to_string())`
        Yield2 { message_id: MessageId },
        Done,
    }
    machine(
        State::Start { message },
        || |state, _| -> CoroutineState<String, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { message } => {
                        let message_body = message.body;
                        let message_tags = message.tags;
                        let message_id = message.id;
                        put(
                            state,
                            State::Yield0 {
                                message_tags,
                                message_id,
                            },
                        );
                        return Yielded(message_body);
                    }
                    State::Yield0 { message_tags, message_id } => {
                        let iter = IntoIterator::into_iter(message_tags);
                        State::Yield1 { message_id, iter }
                    }
                    State::Yield1 { message_id, mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(tag) => {
                                put(state, State::Yield1 { message_id, iter });
                                return Yielded(tag);
                            }
                            None => {
                                drop(iter);
                                let value = message_id.to_string();
                                put(state, State::Yield2 { message_id });
                                return Yielded(value);
                            }
                        }
                    }
                    State::Yield2 { message_id: _message_id } => return Complete(()),
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
