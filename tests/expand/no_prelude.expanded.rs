//! No name of the expansion comes from a prelude.
#![no_implicit_prelude]
use ::unawait::{Coroutine, coro};
#[allow(unused_mut, unused_assignments)]
fn numbers(limit: u8) -> impl ::core::iter::Iterator<Item = u8> {
    use ::unawait::machine::{
        Complete, CoroutineState, IntoIterator, Iterator, None, Some, Yielded, machine,
        nth_of, put, take,
    };
    enum State<Limit, Iter1, Odd, Position> {
        Start { limit: Limit },
        /// at `yield_!(n)`
        Yield0 { iter_1: Iter1 },
        /// the head of `for n in &odd`
        For0 { position: Position, odd: Odd },
        /// at `yield_!(*n)`
        Yield1 { position: Position, odd: Odd },
        AfterFor0 { odd: Odd },
        /// at `yield_!(odd[0])`
        Yield2,
        Done,
    }
    machine(
        State::Start { limit },
        || |state, _| -> CoroutineState<u8, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { limit } => {
                        let iter_1 = IntoIterator::into_iter(0..limit);
                        State::Yield0 { iter_1 }
                    }
                    State::Yield0 { mut iter_1 } => {
                        match Iterator::next(&mut iter_1) {
                            Some(n) => {
                                put(state, State::Yield0 { iter_1 });
                                return Yielded(n);
                            }
                            None => {
                                let odd = [1, 3, 5];
                                let position = 0;
                                State::For0 { odd, position }
                            }
                        }
                    }
                    State::For0 { odd, position } => {
                        match nth_of(&odd, position) {
                            Some(n) => {
                                let value = *n;
                                put(state, State::Yield1 { odd, position });
                                return Yielded(value);
                            }
                            None => State::AfterFor0 { odd },
                        }
                    }
                    State::Yield1 { odd, mut position } => {
                        position += 1;
                        State::For0 { odd, position }
                    }
                    State::AfterFor0 { odd } => {
                        let value = odd[0];
                        put(state, State::Yield2);
                        return Yielded(value);
                    }
                    State::Yield2 => return Complete(()),
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
#[allow(unused_mut, unused_assignments)]
fn halves() -> impl Coroutine<u8, Yield = u8, Return = ::core::option::Option<u8>> {
    use ::unawait::machine::{
        Complete, CoroutineState, Option, Some, Yielded, machine, put, received,
        resumed_after_completion, take,
    };
    enum State<T> {
        Start,
        /// at `yield_!(0)`
        Yield0,
        /// at `yield_!(n)`
        Yield1 { t: T },
        Done,
    }
    machine(
        State::Start,
        || |
            state,
            mut input: Option<u8>,
        | -> ::core::option::Option<CoroutineState<u8, u8>> {
            match take(state, State::Done) {
                State::Start => {
                    put(state, State::Yield0);
                    Some(Yielded(0))
                }
                State::Yield0 => {
                    let n = received(&mut input);
                    let t = n;
                    put(state, State::Yield1 { t });
                    Some(Yielded(n))
                }
                State::Yield1 { t } => {
                    ::core::option::Option::Some(
                            u8::checked_div(t, received(&mut input))?,
                        )
                        .map(Complete)
                }
                State::Done => resumed_after_completion("halves"),
            }
        },
    )
}
