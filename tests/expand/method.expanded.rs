//! Methods: `self` becomes a variable of the machine.
use unawait::prelude::*;
struct Counter {
    step: u32,
    next: u32,
}
impl Counter {
    #[allow(unused_mut, unused_assignments)]
    fn up_to(&mut self, limit: u32) -> impl Iterator<Item = u32> {
        use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
        enum State<This, Limit> {
            Start { this: This, limit: Limit },
            /// the head of `while this.next <= limit`
            While0 { limit: Limit, this: This },
            /// at `yield_!(self.next)`
            Yield0 { limit: Limit, this: This },
            Done,
        }
        machine(
            State::Start { this: self, limit },
            || |state, _| -> CoroutineState<u32, ()> {
                let mut current = take(state, State::Done);
                loop {
                    current = match current {
                        State::Start { this, limit } => State::While0 { this, limit },
                        State::While0 { this, limit } => {
                            if this.next <= limit {
                                let value: u32 = this.next;
                                put(state, State::Yield0 { this, limit });
                                return Yielded(value);
                            }
                            return Complete(());
                        }
                        State::Yield0 { this, limit } => {
                            this.next += this.step;
                            State::While0 { this, limit }
                        }
                        State::Done => return Complete(()),
                    };
                }
            },
        )
    }
    #[allow(unused_mut, unused_assignments)]
    fn down(self) -> impl Iterator<Item = u32> {
        use ::core::prelude::v1::{IntoIterator, None, Some};
        use ::unawait::machine::{
            Complete, CoroutineState, Yielded, hold, machine, put, take,
        };
        enum State<This, HeldThis, Iter> {
            Start { this: This },
            /// at `yield_!(n)`
            Yield0 { iter: Iter, held_this: HeldThis },
            Done,
        }
        machine(
            State::Start { this: self },
            || |state, _| -> CoroutineState<u32, ()> {
                let mut current = take(state, State::Done);
                loop {
                    current = match current {
                        State::Start { this } => {
                            let iter = IntoIterator::into_iter(
                                (0..this.next).rev().step_by(this.step as usize),
                            );
                            State::Yield0 {
                                held_this: hold(&this).keep(this),
                                iter,
                            }
                        }
                        State::Yield0 { held_this, mut iter } => {
                            match Iterator::next(&mut iter) {
                                Some(n) => {
                                    put(state, State::Yield0 { held_this, iter });
                                    return Yielded(n);
                                }
                                None => return Complete(()),
                            }
                        }
                        State::Done => return Complete(()),
                    };
                }
            },
        )
    }
}
