//! An async block is a function of its own.

use unawait::prelude::*;

#[coro]
fn futures() -> impl Iterator<Item = u32> {
    let future = async {
        yield_!(1);
    };
    drop(future);
    yield_!(2);
}

fn main() {}
