//! Another iterator, another coroutine.
use unawait::prelude::*;
#[allow(dropping_copy_types, dropping_references, clippy::drop_non_drop)]
fn padded(words: Vec<String>) -> impl Iterator<Item = String> {
    use ::core::prelude::v1::{IntoIterator, None, Some, drop};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, delegating, put, take};
    enum State<Words, Inner> {
        Start { words: Words },
        /// at `yield_!("<".to_owned())`
        Yield0 { words: Words },
        /// at `yield_from!(words)`
        From0 { inner: Inner },
        Done,
    }
    delegating(
        State::Start { words },
        || |state, _| -> CoroutineState<String, ()> {
            loop {
                let value = match state {
                    State::From0 { inner } => Iterator::next(inner),
                    _ => None,
                };
                if let Some(value) = value {
                    return Yielded(value);
                }
                match take(state, State::Done) {
                    State::Start { words } => {
                        let value: String = "<".to_owned();
                        put(state, State::Yield0 { words });
                        return Yielded(value);
                    }
                    State::Yield0 { words } => {
                        let inner = IntoIterator::into_iter(words);
                        put(state, State::From0 { inner });
                    }
                    State::From0 { inner } => {
                        drop(inner);
                        return Yielded(">".to_owned());
                    }
                    State::Done => return Complete(()),
                }
            }
        },
    )
}
#[allow(unused_mut, unused_assignments)]
fn number() -> impl Coroutine<char, Yield = (), Return = u32> {
    use ::core::prelude::v1::Option;
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, put, received,
        resumed_after_completion, take,
    };
    enum State<N> {
        Start,
        /// at `yield_!()`
        Yield0 { n: N },
        Done,
    }
    machine(
        State::Start,
        || |state, mut input: Option<char>| -> CoroutineState<(), u32> {
            match take(state, State::Done) {
                State::Start => {
                    let mut n = 0;
                    put(state, State::Yield0 { n });
                    Yielded(())
                }
                State::Yield0 { mut n } => {
                    if let Some(digit) = received(&mut input).to_digit(10) {
                        n = 10 * n + digit;
                        put(state, State::Yield0 { n });
                        Yielded(())
                    } else {
                        Complete(n)
                    }
                }
                State::Done => resumed_after_completion("number"),
            }
        },
    )
}
#[allow(
    unused_mut,
    unused_assignments,
    dropping_copy_types,
    dropping_references,
    clippy::drop_non_drop
)]
fn sum() -> impl Coroutine<char, Yield = (), Return = u32> {
    use ::core::prelude::v1::{Option, drop};
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, delegate, machine, put,
        resumed_after_completion, take,
    };
    enum State<Inner, T, Inner1> {
        Start,
        /// at `yield_from!(number())`
        From0 { inner: Inner },
        /// at `yield_from!(number())`
        From1 { inner: Inner1, t: T },
        Done,
    }
    machine(
        State::Start,
        || |state, mut input: Option<char>| -> CoroutineState<(), u32> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start => {
                        drop(input.take());
                        let inner = number();
                        State::From0 { inner }
                    }
                    State::From0 { mut inner } => {
                        match delegate(input.take(), &mut inner) {
                            Yielded(value) => {
                                put(state, State::From0 { inner });
                                return Yielded(value);
                            }
                            Complete(returned) => {
                                drop(inner);
                                let left = returned;
                                let t = left;
                                let inner = number();
                                State::From1 { t, inner }
                            }
                        }
                    }
                    State::From1 { t, mut inner } => {
                        match delegate(input.take(), &mut inner) {
                            Yielded(value) => {
                                put(state, State::From1 { t, inner });
                                return Yielded(value);
                            }
                            Complete(returned) => {
                                drop(inner);
                                return Complete(t + returned);
                            }
                        }
                    }
                    State::Done => resumed_after_completion("sum"),
                };
            }
        },
    )
}
