//! A loop over a borrow of a local goes by position.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn doubled(numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    use ::core::prelude::v1::{None, Some};
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, nth_of, put, take,
    };
    enum State<Numbers, Position> {
        Start { numbers: Numbers },
        /// the head of `for n in &mut numbers`
        For0 { position: Position, numbers: Numbers },
        /// at `yield_!(*n)`
        Yield0 { position: Position, numbers: Numbers },
        AfterFor0 { numbers: Numbers },
        /// at `yield_!(numbers.iter().sum())`
        Yield1 { numbers: Numbers },
        Done,
    }
    machine(
        State::Start { numbers },
        || |state, _| -> CoroutineState<u32, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { numbers } => {
                        let position = 0;
                        State::For0 { numbers, position }
                    }
                    State::For0 { mut numbers, position } => {
                        match nth_of(&mut numbers, position) {
                            Some(n) => {
                                *n *= 2;
                                let value: u32 = *n;
                                put(state, State::Yield0 { numbers, position });
                                return Yielded(value);
                            }
                            None => State::AfterFor0 { numbers },
                        }
                    }
                    State::Yield0 { numbers, mut position } => {
                        position += 1;
                        State::For0 { numbers, position }
                    }
                    State::AfterFor0 { mut numbers } => {
                        let value: u32 = numbers.iter().sum();
                        put(state, State::Yield1 { numbers });
                        return Yielded(value);
                    }
                    State::Yield1 { numbers: _numbers } => return Complete(()),
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
