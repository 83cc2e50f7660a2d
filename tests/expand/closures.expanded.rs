//! A closure that borrows is made again, one that owns is carried.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn scaled(factor: u32, numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    use ::unawait::machine::{
        Complete, CoroutineState, IntoIterator, None, Some, Yielded, machine, put, take,
    };
    enum State<Factor, Numbers, Share, Iter1, N> {
        Start { factor: Factor, numbers: Numbers },
        /// at `yield_!(share(n))`
        Yield0 { iter_1: Iter1, share: Share, factor: Factor },
        /// at `yield_!(scale(n))`
        Yield1 { n: N, iter_1: Iter1, share: Share, factor: Factor },
        Done,
    }
    machine(
        State::Start { factor, numbers },
        || |state, _| -> CoroutineState<u32, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { factor, numbers } => {
                        let largest = numbers.iter().copied().max().unwrap_or(0);
                        let share = move |n: u32| n * 100 / largest;
                        let iter_1 = IntoIterator::into_iter(numbers);
                        State::Yield0 {
                            factor,
                            share,
                            iter_1,
                        }
                    }
                    State::Yield0 { factor, share, mut iter_1 } => {
                        let scale = |n| n * factor;
                        match Iterator::next(&mut iter_1) {
                            Some(n) => {
                                let value = scale(n);
                                put(
                                    state,
                                    State::Yield1 {
                                        factor,
                                        share,
                                        iter_1,
                                        n,
                                    },
                                );
                                return Yielded(value);
                            }
                            None => return Complete(()),
                        }
                    }
                    State::Yield1 { factor, share, iter_1, n } => {
                        let value = share(n);
                        put(
                            state,
                            State::Yield0 {
                                factor,
                                share,
                                iter_1,
                            },
                        );
                        return Yielded(value);
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
