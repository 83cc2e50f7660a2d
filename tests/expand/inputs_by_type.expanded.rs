//! Inputs whose type says that they have no drop: nothing of them is held.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn handshake() -> impl Coroutine<
    (u16, &'static str),
    Yield = &'static str,
    Return = Result<u16, String>,
> {
    use ::core::prelude::v1::Option;
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, put, received,
        resumed_after_completion, take,
    };
    enum State<Code> {
        Start,
        /// at `yield_!("")`
        Yield0,
        /// at `yield_!("HELO")`
        Yield1,
        /// at `yield_!("QUIT")`
        Yield2,
        /// at `yield_!("closed")`
        Yield3 { code: Code },
        Done,
    }
    machine(
        State::Start,
        || |
            state,
            mut input: Option<(u16, &'static str)>,
        | -> CoroutineState<&'static str, Result<u16, String>> {
            match take(state, State::Done) {
                State::Start => {
                    put(state, State::Yield0);
                    Yielded("")
                }
                State::Yield0 => {
                    let (code, greeting) = received(&mut input);
                    if code != 220 {
                        return Complete(Err(format!("{code} {greeting}")));
                    }
                    put(state, State::Yield1);
                    Yielded("HELO")
                }
                State::Yield1 => {
                    let (code, text) = received(&mut input);
                    if code != 250 {
                        return Complete(Err(text.to_owned()));
                    }
                    put(state, State::Yield2);
                    Yielded("QUIT")
                }
                State::Yield2 => {
                    let (code, _) = received(&mut input);
                    put(state, State::Yield3 { code });
                    Yielded("closed")
                }
                State::Yield3 { code } => Complete(Ok(code)),
                State::Done => resumed_after_completion("handshake"),
            }
        },
    )
}
