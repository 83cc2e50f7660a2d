//! An async closure is a function of its own.

use unawait::prelude::*;

#[coro]
fn futures() -> impl Iterator<Item = u32> {
    let make = async || yield_!(1);
    drop(make);
    yield_!(2);
}

fn main() {}
