//! Loops over a borrow of a local that begin at its end.
use unawait::prelude::*;
struct Staff {
    people: Vec<(String, u32)>,
}
#[allow(unused_mut, unused_assignments)]
fn raised(staff: Staff) -> impl Iterator<Item = String> {
    use ::core::prelude::v1::{None, Some};
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, nth_back_of, put, take,
    };
    enum State<Staff, Position> {
        Start { staff: Staff },
        /// the head of `for (name, pay) in staff.people.iter_mut().rev()`
        For0 { position: Position, staff: Staff },
        /// at `yield_!(name.clone())`
        Yield0 { position: Position, staff: Staff },
        /// at `yield_!(format!("{}", staff.people.len()))`
        Yield1 { staff: Staff },
        Done,
    }
    machine(
        State::Start { staff },
        || |state, _| -> CoroutineState<String, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { staff } => {
                        let position = 0;
                        State::For0 { staff, position }
                    }
                    State::For0 { mut staff, position } => {
                        match nth_back_of(&mut staff.people, position) {
                            Some((name, pay)) => {
                                *pay += 1;
                                let value: String = name.clone();
                                put(state, State::Yield0 { staff, position });
                                return Yielded(value);
                            }
                            None => {
                                let value: String = format!("{}", staff.people.len());
                                put(state, State::Yield1 { staff });
                                return Yielded(value);
                            }
                        }
                    }
                    State::Yield0 { staff, mut position } => {
                        position += 1;
                        State::For0 { staff, position }
                    }
                    State::Yield1 { staff: _staff } => return Complete(()),
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
#[allow(unused_mut, unused_assignments)]
fn reversed(text: String) -> impl Iterator<Item = char> {
    use ::core::prelude::v1::{None, Some};
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, next_back_of, put, take,
    };
    enum State<Text, Position> {
        Start { text: Text },
        /// at `yield_!(c)`
        Yield0 { position: Position, text: Text },
        Done,
    }
    machine(
        State::Start { text },
        || |state, _| -> CoroutineState<char, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { text } => {
                        let position = 0;
                        State::Yield0 { text, position }
                    }
                    State::Yield0 { text, mut position } => {
                        match next_back_of(text.chars(), &mut position) {
                            Some(c) => {
                                put(state, State::Yield0 { text, position });
                                return Yielded(c);
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
