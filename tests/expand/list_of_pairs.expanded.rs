//! The type of a list says what of its items needs no drop; a statement without a semicolon stays one.
use unawait::prelude::*;
#[allow(
    unused_mut,
    unused_assignments,
    dropping_copy_types,
    dropping_references,
    clippy::drop_non_drop
)]
pub fn sums(
    words: Vec<(u32, String)>,
) -> impl Coroutine<Option<u32>, Yield = usize, Return = u32> {
    use ::core::prelude::v1::{IntoIterator, Iterator};
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, put, received,
        resumed_after_completion, take,
    };
    enum State<Words, Sum, Iter, Count, Word> {
        Start { words: Words },
        /// the head of `for (count, word) in words`
        For0 { iter: Iter, sum: Sum },
        /// at `yield_!(word.len())`
        Yield0 { word: Word, count: Count, iter: Iter, sum: Sum },
        Done,
    }
    machine(
        State::Start { words },
        || |state, mut input: Option<Option<u32>>| -> CoroutineState<usize, u32> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { words } => {
                        let mut sum = 0;
                        let iter = IntoIterator::into_iter(words);
                        State::For0 { sum, iter }
                    }
                    State::For0 { sum, mut iter } => {
                        match Iterator::next(&mut iter) {
                            Option::Some((count, word)) => {
                                let value: usize = word.len();
                                put(
                                    state,
                                    State::Yield0 {
                                        sum,
                                        iter,
                                        count,
                                        word,
                                    },
                                );
                                return Yielded(value);
                            }
                            Option::None => {
                                drop(iter);
                                return Complete(sum);
                            }
                        }
                    }
                    State::Yield0 { mut sum, iter, count, word } => {
                        match received(&mut input) {
                            Some(n) => sum += n,
                            None => return Complete(sum),
                        }
                        if count > 1 {
                            sum += count;
                        } else {
                            drop(word);
                        }
                        State::For0 { sum, iter }
                    }
                    State::Done => resumed_after_completion("sums"),
                };
            }
        },
    )
}
