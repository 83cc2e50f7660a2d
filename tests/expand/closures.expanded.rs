//! A closure that borrows is made again, one that owns is carried.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn scaled(factor: u32, numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    use ::core::prelude::v1::{IntoIterator, None, Some};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Factor, Numbers, Share, Items, N> {
        Start { factor: Factor, numbers: Numbers },
        /// at `yield_!(share(n))`
        Yield0 { items: Items, share: Share, factor: Factor },
        /// at `yield_!(scale(n))`
        Yield1 { n: N, items: Items, share: Share, factor: Factor },
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
                        let items = IntoIterator::into_iter(numbers);
                        State::Yield0 {
                            factor,
                            share,
                            items,
                        }
                    }
                    State::Yield0 { factor, share, mut items } => {
                        let scale = |n| n * factor;
                        match Iterator::next(&mut items) {
                            Some(n) => {
                                let value: u32 = scale(n);
                                put(
                                    state,
                                    State::Yield1 {
                                        factor,
                                        share,
                                        items,
                                        n,
                                    },
                                );
                                return Yielded(value);
                            }
                            None => return Complete(()),
                        }
                    }
                    State::Yield1 { factor, share, items, n } => {
                        let value: u32 = share(n);
                        put(
                            state,
                            State::Yield0 {
                                factor,
                                share,
                                items,
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
