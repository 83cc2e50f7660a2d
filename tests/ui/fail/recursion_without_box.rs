//! A machine that contains itself has no size.

use unawait::prelude::*;

#[coro]
fn countdown(n: u32) -> impl Iterator<Item = u32> {
    yield_!(n);
    if n > 0 {
        yield_from!(countdown(n - 1));
    }
}

#[coro]
fn down(n: u32) -> impl Iterator<Item = u32> {
    if n > 0 {
        for m in down(n - 1) {
            yield_!(m);
        }
    }
}

fn main() {}
