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
