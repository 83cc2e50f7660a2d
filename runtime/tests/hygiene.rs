//! An expansion that brings every name by a `use`, in modules that have no name of their own, or hostile ones.

#[rustfmt::skip]
mod bare {
    #![no_implicit_prelude]

    pub fn letters(text: &str) -> impl ::core::iter::Iterator<Item = char> {
        use ::core::prelude::v1::{IntoIterator, Iterator, None, Option, Some};
        use ::unawait::machine::{hold, machine, put, take, Complete, CoroutineState, Yielded};
        enum State<Text, Iter, Held> { Start { text: Text }, For0 { iter: Iter, held: Held }, Done }
        machine(State::Start { text }, || |state: &mut State<_, _, _>, _: Option<()>| -> CoroutineState<char, ()> {
            let mut current = take(state, State::Done);
            loop { current = match current {
                State::Start { text } => { let iter = IntoIterator::into_iter(str::chars(text)); let held = hold(&text).keep(text); State::For0 { iter, held } }
                State::For0 { mut iter, held } => match Iterator::next(&mut iter) {
                    Some(letter) => { put(state, State::For0 { iter, held }); return Yielded(letter) }
                    None => return Complete(()),
                },
                State::Done => return Complete(()),
            } }
        })
    }

    pub fn asked(fail: bool) -> impl ::unawait::Coroutine<u8, Yield = u8, Return = ::core::result::Result<u8, ()>> {
        use ::core::prelude::v1::{Err, Ok, Option, Result};
        use ::unawait::machine::{delegate, machine, put, received, resumed_after_completion, take, Complete, Coroutine, CoroutineState, Yielded};
        return outer(fail);

        fn outer(fail: bool) -> impl Coroutine<u8, Yield = u8, Return = Result<u8, ()>> {
            enum State<Fail, Inner> { Start { fail: Fail }, From0 { inner: Inner }, Done }
            machine(State::Start { fail }, || |state: &mut State<_, _>, input: Option<u8>| -> CoroutineState<u8, Result<u8, ()>> {
                let mut inner = match take(state, State::Done) {
                    State::Start { fail } => inner(fail),
                    State::From0 { inner } => inner,
                    State::Done => resumed_after_completion("outer"),
                };
                match delegate(input, &mut inner) {
                    Yielded(value) => { put(state, State::From0 { inner }); Yielded(value) }
                    Complete(returned) => Complete(returned),
                }
            })
        }

        fn inner(fail: bool) -> impl Coroutine<u8, Yield = u8, Return = Result<u8, ()>> {
            enum State<Fail> { Start { fail: Fail }, Yield0 { fail: Fail }, Done }
            machine(State::Start { fail }, || |state: &mut State<_>, mut input: Option<u8>| -> Result<CoroutineState<u8, u8>, ()> {
                match take(state, State::Done) {
                    State::Start { fail } => { put(state, State::Yield0 { fail }); Ok(Yielded(1)) }
                    State::Yield0 { fail } => { let input = received(&mut input); if fail { Err(())?; } Ok(Complete(input)) }
                    State::Done => resumed_after_completion("inner"),
                }
            })
        }
    }
}

/// Every name that the standard prelude and the runtime have, as something else.
#[rustfmt::skip]
#[allow(dead_code, non_camel_case_types, non_upper_case_globals)]
mod hostile {
    pub struct Option; pub struct Result; pub struct Iterator; pub struct IntoIterator; pub struct Coroutine;
    pub struct Some; pub struct None; pub struct Ok; pub struct Err; pub struct CoroutineState; pub struct Yielded; pub struct Complete;
    pub struct machine; pub struct take; pub struct put; pub struct hold; pub struct Keep; pub struct core; pub struct std;

    pub fn one() -> impl ::core::iter::Iterator<Item = u8> {
        use ::core::prelude::v1::Option;
        use ::unawait::machine::{machine, put, take, Complete, CoroutineState, Yielded};
        enum State { Start, Yield0, Done }
        machine(State::Start, || |state: &mut State, _: Option<()>| -> CoroutineState<u8, ()> {
            match take(state, State::Done) {
                State::Start => { put(state, State::Yield0); Yielded(1) }
                State::Yield0 | State::Done => Complete(()),
            }
        })
    }
}

#[test]
fn without_any_prelude() {
    use unawait::Coroutine;
    use unawait::CoroutineState::{Complete, Yielded};
    assert_eq!(bare::letters("abc").collect::<String>(), "abc");
    let mut asked = bare::asked(false);
    assert_eq!(asked.start(), Yielded(1));
    assert_eq!(asked.resume(7), Complete(Ok(7)));
    let mut refused = bare::asked(true);
    assert_eq!(refused.start(), Yielded(1));
    assert_eq!(refused.resume(7), Complete(Err(())));
}

#[test]
fn with_hostile_names() {
    assert_eq!(hostile::one().collect::<Vec<_>>(), [1]);
}
