//! A borrow through a reference: it is carried, or taken again where the reference is needed beside it.
use unawait::prelude::*;
struct Team {
    members: Vec<String>,
    size: usize,
}
#[allow(unused_mut, unused_assignments)]
fn members(team: &mut Team) -> impl Iterator<Item = &mut String> {
    use ::core::prelude::v1::{IntoIterator, None, Some};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Team, Iter> {
        Start { team: Team },
        /// at `yield_!(member)`
        Yield0 { iter: Iter },
        Done,
    }
    machine(
        State::Start { team },
        || |state, _| -> CoroutineState<&mut String, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { team } => {
                        let members = &mut team.members;
                        let iter = IntoIterator::into_iter(members);
                        State::Yield0 { iter }
                    }
                    State::Yield0 { mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(member) => {
                                put(state, State::Yield0 { iter });
                                return Yielded(member);
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
#[allow(unused_mut, unused_assignments)]
fn counted(team: &mut Team) -> impl Iterator<Item = usize> {
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Team> {
        Start { team: Team },
        /// at `yield_!(first.len())`
        Yield0 { team: Team },
        Done,
    }
    machine(
        State::Start { team },
        || |state, _| -> CoroutineState<usize, ()> {
            match take(state, State::Done) {
                State::Start { team } => {
                    let first = &mut team.members[0];
                    first.push('!');
                    let value: usize = first.len();
                    put(state, State::Yield0 { team });
                    Yielded(value)
                }
                State::Yield0 { team } => {
                    let first = &mut team.members[0];
                    first.push('!');
                    team.size += 1;
                    Yielded(team.size)
                }
                State::Done => Complete(()),
            }
        },
    )
}
