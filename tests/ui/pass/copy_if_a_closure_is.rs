//! The ways out of `fail/copy_if_a_closure_is.rs`: a box is not `Copy`, and what ends in a block does not live on.

use unawait::prelude::*;

#[coro]
fn lengths(name: String) -> impl Iterator<Item = usize> {
    let length = Some(Box::new(move || name.len()));
    let n = length.as_ref().map_or(0, |length| length());
    yield_!(n);
    yield_!(n + 1);
}

#[coro]
fn lengths_of_a_block(name: String) -> impl Iterator<Item = usize> {
    let n = {
        let length = Some(move || name.len());
        length.as_ref().map_or(0, |length| length())
    };
    yield_!(n);
    yield_!(n + 1);
}

fn main() {
    assert!(lengths("name".to_owned()).eq([4, 5]));
    assert!(lengths_of_a_block("name".to_owned()).eq([4, 5]));
}
