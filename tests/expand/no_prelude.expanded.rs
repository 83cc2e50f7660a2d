//! No name of the expansion comes from a prelude.
#![no_implicit_prelude]
use ::unawait::{Coroutine, coro};
#[allow(unused_mut, unused_assignments)]
fn numbers(limit: u8) -> impl ::core::iter::Iterator<Item = u8> {
    use ::core::prelude::v1::{Iterator, None, Some};
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, nth_of, put, take,
    };
    enum State<Limit, Items, Odd, Position> {
        Start { limit: Limit },
        /// at `yield_!(n)`
        Yield0 { items: Items },
        /// the head of `for n in &odd`
        For0 { position: Position, odd: Odd },
        /// at `yield_!(*n)`
        Yield1 { position: Position, odd: Odd },
        AfterFor0 { odd: Odd },
        Done,
    }
    machine(
        State::Start { limit },
        || |state, _| -> CoroutineState<u8, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { limit } => {
                        let items = 0..limit;
                        State::Yield0 { items }
                    }
                    State::Yield0 { mut items } => {
                        match Iterator::next(&mut items) {
                            Some(n) => {
                                put(state, State::Yield0 { items });
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
                                let value: u8 = *n;
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
                    State::AfterFor0 { odd } => return Yielded(odd[0]),
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
#[allow(unused_mut, unused_assignments)]
fn halves() -> impl Coroutine<u8, Yield = u8, Return = ::core::option::Option<u8>> {
    use ::core::prelude::v1::{Option, Some};
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, put, received,
        resumed_after_completion, take,
    };
    enum State<N> {
        Start,
        /// at `yield_!(0)`
        Yield0,
        /// at `yield_!(n)`
        Yield1 { n: N },
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
                    put(state, State::Yield1 { n });
                    Some(Yielded(n))
                }
                State::Yield1 { n } => {
                    ::core::option::Option::Some(
                        Complete(u8::checked_div(n, received(&mut input))?),
                    )
                }
                State::Done => resumed_after_completion("halves"),
            }
        },
    )
}
