//! A coroutine that may fail: `?` stays as it is.
use unawait::prelude::*;
use std::num::ParseIntError;
#[allow(unused_mut, unused_assignments)]
fn sums(
    text: &str,
) -> impl Coroutine<(), Yield = i32, Return = Result<usize, ParseIntError>> {
    use ::core::prelude::v1::{Iterator, None, Option, Some};
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, put, resumed_after_completion, take,
    };
    enum State<Text, Sum, Iter> {
        Start { text: Text },
        /// at `yield_!(sum)`
        Yield0 { iter: Iter, sum: Sum, text: Text },
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
                        let iter = text.split(',');
                        State::Yield0 { text, sum, iter }
                    }
                    State::Yield0 { text, mut sum, mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(word) => {
                                sum += word.trim().parse::<i32>()?;
                                put(state, State::Yield0 { text, sum, iter });
                                return Ok(Yielded(sum));
                            }
                            None => {
                                if sum < 0 {
                                    return Ok(Complete(0));
                                }
                                return Ok(Complete(text.len()));
                            }
                        }
                    }
                    State::Done => resumed_after_completion("sums"),
                };
            }
        },
    )
}
