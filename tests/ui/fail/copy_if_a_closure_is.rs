//! Whether a closure is `Copy` is not known yet where rustc has to decide whether what it is in lives on.

use unawait::prelude::*;

#[coro]
fn lengths(name: String) -> impl Iterator<Item = usize> {
    let length = Some(move || name.len());
    let n = length.as_ref().map_or(0, |length| length());
    yield_!(n);
    yield_!(n + 1);
}

fn main() {}
