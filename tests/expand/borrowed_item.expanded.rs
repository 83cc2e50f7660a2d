//! A dead item that is borrowed still: its type decides whether it is held, and is asked without a mention of it.
use std::collections::BTreeMap;
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments, unreachable_code)]
fn all_mut(lists: &mut BTreeMap<u8, Vec<u32>>) -> impl Iterator<Item = &mut u32> {
    use ::core::prelude::v1::{IntoIterator, None, Some};
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, hold, machine, put, take, unheld,
    };
    enum State<Lists, Iter, HeldList, Iter1> {
        Start { lists: Lists },
        /// the head of `for list in lists.values_mut()`
        For0 { iter: Iter },
        /// at `yield_!(n)`
        Yield0 { iter_1: Iter1, held_list: HeldList, iter: Iter },
        Done,
    }
    machine(
        State::Start { lists },
        || |state, _| -> CoroutineState<&mut u32, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { lists } => {
                        let iter = IntoIterator::into_iter(lists.values_mut());
                        State::For0 { iter }
                    }
                    State::For0 { mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(list) => {
                                let iter_1 = IntoIterator::into_iter(list.iter_mut());
                                State::Yield0 {
                                    held_list: match ('hold: {
                                        break 'hold unheld();
                                        hold(&list)
                                    })
                                        .drops()
                                    {
                                        Some(drops) => {
                                            drops.proceed();
                                            Some(list)
                                        }
                                        None => None,
                                    },
                                    iter,
                                    iter_1,
                                }
                            }
                            None => return Complete(()),
                        }
                    }
                    State::Yield0 { iter, held_list, mut iter_1 } => {
                        match Iterator::next(&mut iter_1) {
                            Some(n) => {
                                put(
                                    state,
                                    State::Yield0 {
                                        held_list,
                                        iter,
                                        iter_1,
                                    },
                                );
                                return Yielded(n);
                            }
                            None => State::For0 { iter },
                        }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
