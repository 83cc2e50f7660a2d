//! Branches that suspend, after which the same happens; and a loop that is left where the function ends.
use unawait::prelude::*;
#[allow(
    unused_mut,
    unused_assignments,
    dropping_copy_types,
    dropping_references,
    clippy::drop_non_drop
)]
fn ask(polite: bool) -> impl Coroutine<String, Yield = &'static str, Return = usize> {
    use ::core::prelude::v1::{Option, drop};
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, put, received,
        resumed_after_completion, take,
    };
    enum State<Polite, Name> {
        Start { polite: Polite },
        /// at `yield_!("what is your name, please?")` and `yield_!("name?")`
        Yield0,
        /// at `yield_!("nobody, from where?")` and `yield_!("from where?")`
        Yield1 { name: Name },
        Done,
    }
    machine(
        State::Start { polite },
        || |state, mut input: Option<String>| -> CoroutineState<&'static str, usize> {
            match take(state, State::Done) {
                State::Start { polite } => {
                    drop(input.take());
                    if polite {
                        put(state, State::Yield0);
                        Yielded("what is your name, please?")
                    } else {
                        put(state, State::Yield0);
                        Yielded("name?")
                    }
                }
                State::Yield0 => {
                    let name = received(&mut input);
                    match name.as_str() {
                        "" => {
                            put(state, State::Yield1 { name });
                            Yielded("nobody, from where?")
                        }
                        _ => {
                            put(state, State::Yield1 { name });
                            Yielded("from where?")
                        }
                    }
                }
                State::Yield1 { name } => {
                    let city = received(&mut input);
                    Complete(name.len() + city.len())
                }
                State::Done => resumed_after_completion("ask"),
            }
        },
    )
}
#[allow(unused_mut, unused_assignments)]
fn until(lines: Vec<String>, last: String) -> impl Iterator<Item = String> {
    use ::core::prelude::v1::{IntoIterator, None, Some};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Lines, Last, Iter> {
        Start { lines: Lines, last: Last },
        /// at `yield_!(line)`
        Yield0 { iter: Iter, last: Last },
        Done,
    }
    machine(
        State::Start { lines, last },
        || |state, _| -> CoroutineState<String, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { lines, last } => {
                        let iter = IntoIterator::into_iter(lines);
                        State::Yield0 { last, iter }
                    }
                    State::Yield0 { last, mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(line) => {
                                if line == last {
                                    return Complete(());
                                }
                                put(state, State::Yield0 { last, iter });
                                return Yielded(line);
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
