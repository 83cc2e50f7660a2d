//! A reference that pointed to a local once is taken to do so still.

use unawait::prelude::*;

#[coro]
fn lengths(argument: &str) -> impl Iterator<Item = usize> {
    let own = String::from("own");
    let mut name: &str = &own;
    println!("{name}");
    name = argument;
    yield_!(name.len());
    yield_!(name.len() + own.len());
}

fn main() {}
