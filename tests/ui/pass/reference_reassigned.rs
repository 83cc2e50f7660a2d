//! Another variable.

use unawait::prelude::*;

#[coro]
fn lengths(argument: &str) -> impl Iterator<Item = usize> {
    let own = String::from("own");
    let name = &own;
    println!("{name}");
    let name = argument;
    yield_!(name.len());
    yield_!(name.len() + own.len());
}

fn main() {
    assert!(lengths("ab").eq([2, 5]));
}
