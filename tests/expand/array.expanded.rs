#![allow(dead_code)]
use unawait::prelude::*;
/// Without a multiplication or a division: the sieve keeps the next multiple of each prime found.
#[allow(unused_mut, unused_assignments)]
fn primes() -> impl Iterator<Item = usize> {
    use ::core::prelude::v1::{None, Some};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Iter, N> {
        Start,
        /// the head of `for n in 2..1024`
        For0 { iter: Iter },
        /// at `yield_!(n)`
        Yield0 { n: N, iter: Iter },
        Done,
    }
    let composite = [false; 1024];
    machine(
        (State::Start, composite),
        || |(state, composite), _| -> CoroutineState<usize, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start => {
                        let iter = 2..1024;
                        State::For0 { iter }
                    }
                    State::For0 { mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(n) => {
                                if !composite[n] {
                                    put(state, State::Yield0 { iter, n });
                                    return Yielded(n);
                                }
                                State::For0 { iter }
                            }
                            None => return Complete(()),
                        }
                    }
                    State::Yield0 { iter, n } => {
                        for multiple in (n..1024).step_by(n) {
                            composite[multiple] = true;
                        }
                        State::For0 { iter }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
