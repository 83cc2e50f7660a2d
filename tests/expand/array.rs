#![allow(dead_code)]

use unawait::prelude::*;

/// Without a multiplication or a division: the sieve keeps the next multiple of each prime found.
#[coro]
fn primes() -> impl Iterator<Item = usize> {
    let mut composite = [false; 1024];
    for n in 2..1024 {
        if !composite[n] {
            yield_!(n);
            for multiple in (n..1024).step_by(n) {
                composite[multiple] = true;
            }
        }
    }
}

/// A small array that is changed by index stays too.
#[coro]
fn moving_average(samples: Vec<f64>) -> impl Iterator<Item = f64> {
    let (mut last, mut sum) = ([0.0; 4], 0.0);
    for (n, sample) in samples.into_iter().enumerate() {
        sum += sample - last[n % 4];
        last[n % 4] = sample;
        yield_!(sum / 4.0);
    }
}
