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
/// A small array that is changed by index stays too.
#[allow(unused_mut, unused_assignments)]
fn moving_average(samples: Vec<f64>) -> impl Iterator<Item = f64> {
    use ::core::prelude::v1::{IntoIterator, None, Some};
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Samples, Sum, Iter> {
        Start { samples: Samples },
        /// at `yield_!(sum / 4.0)`
        Yield0 { iter: Iter, sum: Sum },
        Done,
    }
    let last = [0.0; 4];
    machine(
        (State::Start { samples }, last),
        || |(state, last), _| -> CoroutineState<f64, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { samples } => {
                        let mut sum = 0.0;
                        let iter = IntoIterator::into_iter(
                            samples.into_iter().enumerate(),
                        );
                        State::Yield0 { sum, iter }
                    }
                    State::Yield0 { mut sum, mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some((n, sample)) => {
                                sum += sample - last[n % 4];
                                last[n % 4] = sample;
                                let value: f64 = sum / 4.0;
                                put(state, State::Yield0 { sum, iter });
                                return Yielded(value);
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
