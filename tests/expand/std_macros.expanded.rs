//! Suspensions in the arguments of macros of std.
use unawait::prelude::*;
#[allow(
    unused_mut,
    unused_assignments,
    dropping_copy_types,
    dropping_references,
    clippy::drop_non_drop
)]
fn greeting() -> impl Coroutine<String, Yield = &'static str, Return = String> {
    use ::core::prelude::v1::{Option, drop};
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, put, received,
        resumed_after_completion, take,
    };
    enum State<Title, T, List> {
        Start,
        /// at `yield_!("first name?")`
        Yield0 { title: Title },
        /// at `yield_!("last name?")`
        Yield1 { t: T, title: Title },
        /// at `yield_!("town?")`
        Yield2 { list: List, title: Title },
        Done,
    }
    machine(
        State::Start,
        || |state, mut input: Option<String>| -> CoroutineState<&'static str, String> {
            match take(state, State::Done) {
                State::Start => {
                    drop(input.take());
                    let title = String::from("Dr.");
                    put(state, State::Yield0 { title });
                    Yielded("first name?")
                }
                State::Yield0 { title } => {
                    let t = received(&mut input);
                    put(state, State::Yield1 { title, t });
                    Yielded("last name?")
                }
                State::Yield1 { title, t } => {
                    let list = vec![t, received(& mut input)];
                    assert_eq!(list.len(), 2);
                    let _ = &list[0];
                    let _ = &list[1];
                    put(state, State::Yield2 { title, list });
                    Yielded("town?")
                }
                State::Yield2 { title, list } => {
                    Complete(
                        format!(
                            "{title} {} {}, {}", list[0], list[1], received(& mut input)
                        ),
                    )
                }
                State::Done => resumed_after_completion("greeting"),
            }
        },
    )
}
