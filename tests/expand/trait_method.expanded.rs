//! A trait with a generator as default, and an implementation.
use unawait::prelude::*;
trait Shelf {
    fn books(&self) -> Box<dyn Iterator<Item = &str> + '_>;
    #[allow(unused_mut, unused_assignments)]
    fn titles(&self) -> impl Iterator<Item = String> {
        use ::core::prelude::v1::{IntoIterator, None, Some};
        use ::unawait::machine::{
            Complete, CoroutineState, Yielded, hold, machine, put, take,
        };
        enum State<This, Iter, HeldBook> {
            Start { this: This },
            /// the head of `for book in this.books()`
            For0 { iter: Iter },
            /// at `yield_!(book.to_uppercase())`
            Yield0 { held_book: HeldBook, iter: Iter },
            Done,
        }
        machine(
            State::Start { this: self },
            || |state, _| -> CoroutineState<String, ()> {
                let mut current = take(state, State::Done);
                loop {
                    current = match current {
                        State::Start { this } => {
                            let iter = IntoIterator::into_iter(this.books());
                            State::For0 { iter }
                        }
                        State::For0 { mut iter } => {
                            match Iterator::next(&mut iter) {
                                Some(book) => {
                                    let value: String = book.to_uppercase();
                                    put(
                                        state,
                                        State::Yield0 {
                                            held_book: hold(&book).keep(book),
                                            iter,
                                        },
                                    );
                                    return Yielded(value);
                                }
                                None => return Complete(()),
                            }
                        }
                        State::Yield0 { iter, held_book: _held_book } => {
                            State::For0 { iter }
                        }
                        State::Done => return Complete(()),
                    };
                }
            },
        )
    }
}
impl Shelf for Vec<String> {
    #[allow(unused_mut, unused_assignments)]
    fn books(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        use ::core::prelude::v1::{IntoIterator, None, Some};
        use ::unawait::machine::{
            Complete, CoroutineState, Yielded, bounded, hold, put, take,
        };
        enum State<This, Iter, HeldBook> {
            Start { this: This },
            /// the head of `for book in this`
            For0 { iter: Iter },
            /// at `yield_!(book.as_str())`
            Yield0 { held_book: HeldBook, iter: Iter },
            Done,
        }
        Box::new(
            bounded(
                State::Start { this: self },
                || |state, _| -> CoroutineState<&str, ()> {
                    let mut current = take(state, State::Done);
                    loop {
                        current = match current {
                            State::Start { this } => {
                                let iter = IntoIterator::into_iter(this);
                                State::For0 { iter }
                            }
                            State::For0 { mut iter } => {
                                match Iterator::next(&mut iter) {
                                    Some(book) => {
                                        let value: &str = book.as_str();
                                        put(
                                            state,
                                            State::Yield0 {
                                                held_book: hold(&book).keep(book),
                                                iter,
                                            },
                                        );
                                        return Yielded(value);
                                    }
                                    None => return Complete(()),
                                }
                            }
                            State::Yield0 { iter, held_book: _held_book } => {
                                State::For0 { iter }
                            }
                            State::Done => return Complete(()),
                        };
                    }
                },
            ),
        )
    }
}
