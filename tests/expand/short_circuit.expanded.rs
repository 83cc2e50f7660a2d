//! The right side of `&&` and `||` suspends, or is never reached.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn ask(sure: bool) -> impl Coroutine<bool, Yield = &'static str, Return = bool> {
    use ::unawait::machine::{
        Complete, CoroutineState, Option, Yielded, machine, put, received,
        resumed_after_completion, take,
    };
    enum State<Sure, T> {
        Start { sure: Sure },
        /// at `yield_!("delete?")`
        Yield0,
        /// at `yield_!("really?")`
        Yield1,
        AfterIf0 { t: T },
        Done,
    }
    machine(
        State::Start { sure },
        || |state, mut input: Option<bool>| -> CoroutineState<&'static str, bool> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { sure } => {
                        if sure {
                            let t = true;
                            State::AfterIf0 { t }
                        } else {
                            put(state, State::Yield0);
                            return Yielded("delete?");
                        }
                    }
                    State::Yield0 => {
                        if received(&mut input) {
                            put(state, State::Yield1);
                            return Yielded("really?");
                        }
                        let t = false;
                        let t = t;
                        State::AfterIf0 { t }
                    }
                    State::Yield1 => {
                        let t = received(&mut input);
                        let t = t;
                        State::AfterIf0 { t }
                    }
                    State::AfterIf0 { t } => {
                        let delete = t;
                        return Complete(delete);
                    }
                    State::Done => resumed_after_completion("ask"),
                };
            }
        },
    )
}
