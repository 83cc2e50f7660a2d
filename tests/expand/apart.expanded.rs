use unawait::prelude::*;
pub struct Team {
    members: Vec<u32>,
    captain: u32,
    asked: usize,
}
impl Team {
    #[allow(
        unused_mut,
        unused_assignments,
        dropping_copy_types,
        dropping_references,
        clippy::drop_non_drop
    )]
    pub fn everybody(&mut self) -> impl Iterator<Item = &mut u32> {
        use ::core::prelude::v1::{IntoIterator, None, Some, drop};
        use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
        enum State<This, Asked, Captain, Iter> {
            Start { this: This },
            /// at `yield_!(member)`
            Yield0 { iter: Iter, captain: Captain, asked: Asked },
            Done,
        }
        machine(
            State::Start { this: self },
            || |state, _| -> CoroutineState<&mut u32, ()> {
                let mut current = take(state, State::Done);
                loop {
                    current = match current {
                        State::Start { this } => {
                            let Self { members, asked, captain, .. } = this;
                            let iter = IntoIterator::into_iter(members.iter_mut());
                            State::Yield0 {
                                asked,
                                captain,
                                iter,
                            }
                        }
                        State::Yield0 { asked, captain, mut iter } => {
                            match Iterator::next(&mut iter) {
                                Some(member) => {
                                    *asked += 1;
                                    put(
                                        state,
                                        State::Yield0 {
                                            asked,
                                            captain,
                                            iter,
                                        },
                                    );
                                    return Yielded(member);
                                }
                                None => {
                                    drop(iter);
                                    return Yielded(captain);
                                }
                            }
                        }
                        State::Done => return Complete(()),
                    };
                }
            },
        )
    }
}
pub struct Node {
    item: u32,
    next: Option<Box<Node>>,
}
#[allow(unused_mut, unused_assignments)]
pub fn items(list: &mut Option<Box<Node>>) -> impl Iterator<Item = &mut u32> {
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<List, Link, Next> {
        Start { list: List },
        /// the head of `while let Some(node) = link`
        While0 { link: Link },
        /// at `yield_!(&mut node.item)`
        Yield0 { next: Next },
        Done,
    }
    machine(
        State::Start { list },
        || |state, _| -> CoroutineState<&mut u32, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { list } => {
                        let mut link = list;
                        State::While0 { link }
                    }
                    State::While0 { link } => {
                        if let Some(node) = link {
                            let item = &mut node.item;
                            let next = &mut node.next;
                            put(state, State::Yield0 { next });
                            return Yielded(item);
                        }
                        return Complete(());
                    }
                    State::Yield0 { next } => {
                        let mut link = next;
                        State::While0 { link }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
