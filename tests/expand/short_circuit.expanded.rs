//! The right side of `&&` and `||` suspends, or is never reached.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn ask(sure: bool) -> impl Coroutine<bool, Yield = &'static str, Return = bool> {
    use ::core::prelude::v1::Option;
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, put, received,
        resumed_after_completion, take,
    };
    enum State<Sure> {
        Start { sure: Sure },
        /// at `yield_!("delete?")`
        Yield0,
        /// at `yield_!("really?")`
        Yield1,
        Done,
    }
    machine(
        State::Start { sure },
        || |state, mut input: Option<bool>| -> CoroutineState<&'static str, bool> {
            match take(state, State::Done) {
                State::Start { sure } => {
                    if sure {
                        let delete = true;
                        Complete(delete)
                    } else {
                        put(state, State::Yield0);
                        Yielded("delete?")
                    }
                }
                State::Yield0 => {
                    if received(&mut input) {
                        put(state, State::Yield1);
                        Yielded("really?")
                    } else {
                        let delete = false;
                        Complete(delete)
                    }
                }
                State::Yield1 => {
                    let delete = received(&mut input);
                    Complete(delete)
                }
                State::Done => resumed_after_completion("ask"),
            }
        },
    )
}
