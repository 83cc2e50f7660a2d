//! Nested loops, left and continued by label.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn primes(limit: u32) -> impl Iterator<Item = u32> {
    use ::core::prelude::v1::{None, Some};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Limit, Iter> {
        Start { limit: Limit },
        /// at `yield_!(n)`
        Yield0 { iter: Iter },
        Done,
    }
    machine(
        State::Start { limit },
        || |state, _| -> CoroutineState<u32, ()> {
            let mut current = take(state, State::Done);
            'machine_loop: loop {
                current = match current {
                    State::Start { limit } => {
                        let iter = 2..limit;
                        State::Yield0 { iter }
                    }
                    State::Yield0 { mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(n) => {
                                for divisor in 2..n {
                                    if divisor * divisor > n {
                                        break;
                                    }
                                    if n % divisor == 0 {
                                        current = State::Yield0 { iter };
                                        continue 'machine_loop;
                                    }
                                }
                                put(state, State::Yield0 { iter });
                                return Yielded(n);
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
#[allow(
    unused_mut,
    unused_assignments,
    dropping_copy_types,
    dropping_references,
    clippy::drop_non_drop
)]
fn table(rows: Vec<Vec<i32>>) -> impl Iterator<Item = i32> {
    use ::core::prelude::v1::{IntoIterator, None, Some, drop};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Rows, Iter, Iter1> {
        Start { rows: Rows },
        /// at `yield_!(0)`
        Yield0 { iter: Iter },
        /// at `yield_!(cell)`
        Yield1 { iter_1: Iter1, iter: Iter },
        Done,
    }
    machine(
        State::Start { rows },
        || |state, _| -> CoroutineState<i32, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { rows } => {
                        let iter = IntoIterator::into_iter(rows);
                        State::Yield0 { iter }
                    }
                    State::Yield0 { mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(row) => {
                                let iter_1 = IntoIterator::into_iter(row);
                                State::Yield1 { iter, iter_1 }
                            }
                            None => return Complete(()),
                        }
                    }
                    State::Yield1 { iter, mut iter_1 } => {
                        match Iterator::next(&mut iter_1) {
                            Some(cell) => {
                                if cell == 0 {
                                    current = State::Yield0 { iter };
                                    continue;
                                }
                                if cell < 0 {
                                    return Complete(());
                                }
                                put(state, State::Yield1 { iter, iter_1 });
                                return Yielded(cell);
                            }
                            None => {
                                drop(iter_1);
                                put(state, State::Yield0 { iter });
                                return Yielded(0);
                            }
                        }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
