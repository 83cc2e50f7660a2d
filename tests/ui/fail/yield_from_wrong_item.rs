//! The items of the inner iterator are of another type.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    yield_from!(vec!["one", "two"]);
}

fn main() {}
