//! A chain of conditions with a suspension inside.
use unawait::prelude::*;
#[allow(
    unused_mut,
    unused_assignments,
    dropping_copy_types,
    dropping_references,
    clippy::drop_non_drop
)]
fn login(
    name: Option<String>,
) -> impl Coroutine<String, Yield = &'static str, Return = bool> {
    use ::core::prelude::v1::drop;
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, put, received,
        resumed_after_completion, take,
    };
    enum State<Name, Name1> {
        Start { name: Name },
        /// at `yield_!("password?")`
        Yield0 { name: Name1 },
        Done,
    }
    machine(
        State::Start { name },
        || |state, mut input: Option<String>| -> CoroutineState<&'static str, bool> {
            match take(state, State::Done) {
                State::Start { name } => {
                    drop(input.take());
                    if let Some(name) = name {
                        if !name.is_empty() {
                            put(state, State::Yield0 { name });
                            Yielded("password?")
                        } else {
                            Complete(false)
                        }
                    } else {
                        Complete(false)
                    }
                }
                State::Yield0 { name } => {
                    if let Some(salt) = received(&mut input).strip_prefix(&name) {
                        Complete(salt.len() == 2)
                    } else {
                        Complete(false)
                    }
                }
                State::Done => resumed_after_completion("login"),
            }
        },
    )
}
