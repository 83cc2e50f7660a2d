//! Values that are used up before the suspension are not carried.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn digits(text: &str) -> impl Iterator<Item = u32> {
    use ::core::prelude::v1::{IntoIterator, None};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Text, Radix, Iter> {
        Start { text: Text },
        /// at `yield_!(digit)`
        Yield0 { iter: Iter, radix: Radix },
        Done,
    }
    machine(
        State::Start { text },
        || |state, _| -> CoroutineState<u32, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { text } => {
                        let trimmed = text.trim();
                        let radix = if trimmed.starts_with("0x") { 16 } else { 10 };
                        let iter = IntoIterator::into_iter(
                            trimmed.trim_start_matches("0x").chars(),
                        );
                        State::Yield0 { radix, iter }
                    }
                    State::Yield0 { radix, mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(c) => {
                                let Some(digit) = c.to_digit(radix) else {
                                    current = State::Yield0 { radix, iter };
                                    continue;
                                };
                                put(state, State::Yield0 { radix, iter });
                                return Yielded(digit);
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
