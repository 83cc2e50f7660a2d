//! Branches that go on with the same state: it stands behind them once.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn calls(floors: u8) -> impl Coroutine<Option<u8>, Yield = usize, Return = ()> {
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, put, received,
        resumed_after_completion, take,
    };
    enum State<Floors, Queue> {
        Start { floors: Floors },
        /// the head of `while queue.len() < 3`
        While0 { queue: Queue, floors: Floors },
        /// at `yield_!(queue.len())`
        Yield0 { queue: Queue, floors: Floors },
        Done,
    }
    machine(
        State::Start { floors },
        || |state, mut input: Option<Option<u8>>| -> CoroutineState<usize, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { floors } => {
                        let mut queue = Vec::new();
                        State::While0 { floors, queue }
                    }
                    State::While0 { floors, mut queue } => {
                        if queue.len() < 3 {
                            let value: usize = queue.len();
                            put(state, State::Yield0 { floors, queue });
                            return Yielded(value);
                        }
                        return Complete(());
                    }
                    State::Yield0 { floors, mut queue } => {
                        if let Some(call) = received(&mut input) {
                            if call <= floors {
                                queue.push(call);
                            }
                        }
                        State::While0 { floors, queue }
                    }
                    State::Done => resumed_after_completion("calls"),
                };
            }
        },
    )
}
/// One of them may be suspended before.
#[allow(unused_mut, unused_assignments)]
fn first_words(lines: Vec<Vec<String>>) -> impl Iterator<Item = usize> {
    use ::core::prelude::v1::{IntoIterator, None, Some};
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, hold, machine, put, take,
    };
    enum State<Lines, Iter, HeldWords> {
        Start { lines: Lines },
        /// the head of `for words in lines`
        For0 { iter: Iter },
        /// at `yield_!(first.len())`
        Yield0 { held_words: HeldWords, iter: Iter },
        Done,
    }
    machine(
        State::Start { lines },
        || |state, _| -> CoroutineState<usize, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { lines } => {
                        let iter = IntoIterator::into_iter(lines);
                        State::For0 { iter }
                    }
                    State::For0 { mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(words) => {
                                if let [first, ..] = &words[..] {
                                    if first.len() > 2 {
                                        let value: usize = first.len();
                                        put(
                                            state,
                                            State::Yield0 {
                                                held_words: hold(&words).keep(words),
                                                iter,
                                            },
                                        );
                                        return Yielded(value);
                                    }
                                }
                                State::For0 { iter }
                            }
                            None => return Complete(()),
                        }
                    }
                    State::Yield0 { iter, held_words: _held_words } => {
                        State::For0 { iter }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
