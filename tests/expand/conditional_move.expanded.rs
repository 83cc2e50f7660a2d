//! A local that is moved on one path and dropped on the other.
use unawait::prelude::*;
fn lines(head: String, keep: bool) -> impl Iterator<Item = String> {
    use ::core::prelude::v1::None;
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, hold, machine, put, take,
    };
    enum State<Head, Keep, HeldHead, Foot> {
        Start { head: Head, keep: Keep },
        /// at `yield_!(head)` and `yield_!(String::new())`
        Yield0 { foot: Foot, held_head: HeldHead },
        /// at `yield_!(foot)`
        Yield1 { held_head: HeldHead },
        Done,
    }
    machine(
        State::Start { head, keep },
        || |state, _| -> CoroutineState<String, ()> {
            match take(state, State::Done) {
                State::Start { head, keep } => {
                    let foot = String::from("--");
                    if keep {
                        let value = head;
                        put(
                            state,
                            State::Yield0 {
                                held_head: None,
                                foot,
                            },
                        );
                        Yielded(value)
                    } else {
                        let value: String = String::new();
                        put(
                            state,
                            State::Yield0 {
                                held_head: hold(&head).keep(head),
                                foot,
                            },
                        );
                        Yielded(value)
                    }
                }
                State::Yield0 { held_head, foot } => {
                    put(state, State::Yield1 { held_head });
                    Yielded(foot)
                }
                State::Yield1 { held_head: _held_head } => Complete(()),
                State::Done => Complete(()),
            }
        },
    )
}
