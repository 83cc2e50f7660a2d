//! With one lifetime for both, callers may still give borrows for two.

use unawait::prelude::*;

#[coro]
fn of_both<'a>(first: &'a [u32], second: &'a [u32]) -> impl Iterator<Item = u32> {
    for n in first.iter().chain(second) {
        yield_!(*n);
    }
}

static FIRST: [u32; 2] = [1, 2];

fn main() {
    let second = vec![3];
    assert!(of_both(&FIRST, &second).eq([1, 2, 3]));
}
