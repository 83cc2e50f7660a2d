use unawait::prelude::*;
#[allow(unused_mut, unused_assignments, irrefutable_let_patterns, unreachable_patterns)]
pub fn lengths(words: Vec<String>, shortest: usize) -> impl Iterator<Item = usize> {
    use ::core::prelude::v1::{None, Some};
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, nth_of, put, take,
        unreachable_pattern,
    };
    enum State<Words, Shortest, Position, Position1> {
        Start { words: Words, shortest: Shortest },
        /// the head of `for word in words.iter().filter(|word| word.len() >= shor ..`
        For0 { position: Position, shortest: Shortest, words: Words },
        /// at `yield_!(word.len())`
        Yield0 { position: Position, shortest: Shortest, words: Words },
        /// the head of `for n in words.iter().map(|w| w.len()).take_while(|n| *n ..`
        For1 { position: Position1, words: Words },
        /// at `yield_!(n)`
        Yield1 { position: Position1, words: Words },
        Done,
    }
    machine(
        State::Start { words, shortest },
        || |state, _| -> CoroutineState<usize, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { words, shortest } => {
                        let position = 0;
                        State::For0 {
                            words,
                            shortest,
                            position,
                        }
                    }
                    State::For0 { words, shortest, mut position } => {
                        match nth_of(&words, position) {
                            Some(word) => {
                                if Some(&word).is_some_and(|word| word.len() >= shortest) {
                                    let value: usize = word.len();
                                    put(
                                        state,
                                        State::Yield0 {
                                            words,
                                            shortest,
                                            position,
                                        },
                                    );
                                    return Yielded(value);
                                }
                                position += 1;
                                State::For0 {
                                    words,
                                    shortest,
                                    position,
                                }
                            }
                            None => {
                                let position = 0;
                                State::For1 { words, position }
                            }
                        }
                    }
                    State::Yield0 { words, shortest, mut position } => {
                        let Some(word) = nth_of(&words, position) else {
                            unreachable_pattern()
                        };
                        println!("{word}");
                        position += 1;
                        State::For0 {
                            words,
                            shortest,
                            position,
                        }
                    }
                    State::For1 { words, position } => {
                        match nth_of(&words, position) {
                            Some(w) => {
                                let n = w.len();
                                if !Some(&n).is_some_and(|n| *n < 10) {
                                    return Complete(());
                                }
                                put(state, State::Yield1 { words, position });
                                return Yielded(n);
                            }
                            None => return Complete(()),
                        }
                    }
                    State::Yield1 { words, mut position } => {
                        position += 1;
                        State::For1 { words, position }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
