//! A coroutine that may fail: `?` stays as it is.
use unawait::prelude::*;
use std::num::ParseIntError;
#[allow(unused_mut, unused_assignments)]
fn sums(
    text: &str,
) -> impl Coroutine<(), Yield = i32, Return = Result<usize, ParseIntError>> {
    use ::unawait::machine::{
        Complete, CoroutineState, IntoIterator, Iterator, None, Option, Some, Yielded,
        hold, machine, put, resumed_after_completion, take,
    };
    enum State<Text, Sum, Iter, HeldWord> {
        Start { text: Text },
        /// the head of `for word in text.split(',')`
        For0 { iter: Iter, sum: Sum, text: Text },
        /// at `yield_!(sum)`
        Yield0 { held_word: HeldWord, iter: Iter, sum: Sum, text: Text },
        AfterFor0 { sum: Sum, text: Text },
        Done,
    }
    machine(
        State::Start { text },
        || |state, _: Option<()>| -> Result<CoroutineState<i32, usize>, ParseIntError> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { text } => {
                        let mut sum = 0;
                        let iter = IntoIterator::into_iter(text.split(','));
                        State::For0 { text, sum, iter }
                    }
                    State::For0 { text, mut sum, mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(word) => {
                                sum += word.trim().parse::<i32>()?;
                                put(
                                    state,
                                    State::Yield0 {
                                        held_word: hold(&word).keep(word),
                                        text,
                                        sum,
                                        iter,
                                    },
                                );
                                return Ok(Yielded(sum));
                            }
                            None => State::AfterFor0 { text, sum },
                        }
                    }
                    State::Yield0 { text, sum, iter, held_word: _held_word } => {
                        State::For0 { text, sum, iter }
                    }
                    State::AfterFor0 { text, sum } => {
                        if sum < 0 {
                            return Ok(Complete(0));
                        }
                        return Ok(Complete(text.len()));
                    }
                    State::Done => resumed_after_completion("sums"),
                };
            }
        },
    )
}
