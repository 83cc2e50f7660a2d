use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
pub fn flatten(lists: &[Vec<u32>]) -> impl Iterator<Item = u32> {
    use ::core::prelude::v1::{IntoIterator, None, Some};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Lists, Iter, Iter1> {
        Start { lists: Lists },
        /// the head of `for list in lists`
        For0 { iter: Iter },
        /// at `yield_!(*item)`
        Yield0 { iter_1: Iter1, iter: Iter },
        Done,
    }
    machine(
        State::Start { lists },
        || |state, _| -> CoroutineState<u32, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { lists } => {
                        let iter = IntoIterator::into_iter(lists);
                        State::For0 { iter }
                    }
                    State::For0 { mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(list) => {
                                let iter_1 = IntoIterator::into_iter(list);
                                State::Yield0 { iter, iter_1 }
                            }
                            None => return Complete(()),
                        }
                    }
                    State::Yield0 { iter, mut iter_1 } => {
                        match Iterator::next(&mut iter_1) {
                            Some(item) => {
                                let value: u32 = *item;
                                put(state, State::Yield0 { iter, iter_1 });
                                return Yielded(value);
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
#[allow(unused_mut, unused_assignments)]
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    use ::core::prelude::v1::{IntoIterator, None, Some};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Text, Iter, Number, Iter1> {
        Start { text: Text },
        /// the head of `for (number, line) in text.lines().enumerate()`
        For0 { iter: Iter },
        /// at `yield_!((number, word))`
        Yield0 { iter_1: Iter1, number: Number, iter: Iter },
        Done,
    }
    machine(
        State::Start { text },
        || |state, _| -> CoroutineState<(usize, &str), ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { text } => {
                        let iter = text.lines().enumerate();
                        State::For0 { iter }
                    }
                    State::For0 { mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some((number, line)) => {
                                if line.starts_with('#') {
                                    current = State::For0 { iter };
                                    continue;
                                }
                                let iter_1 = IntoIterator::into_iter(line.split(' '));
                                State::Yield0 {
                                    iter,
                                    number,
                                    iter_1,
                                }
                            }
                            None => return Complete(()),
                        }
                    }
                    State::Yield0 { iter, number, mut iter_1 } => {
                        match Iterator::next(&mut iter_1) {
                            Some(word) => {
                                put(
                                    state,
                                    State::Yield0 {
                                        iter,
                                        number,
                                        iter_1,
                                    },
                                );
                                return Yielded((number, word));
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
