//! A suspended function is `Clone` if all is that it keeps.

use unawait::prelude::*;

#[coro]
fn twice<T>(value: T) -> impl Iterator<Item = T> + Clone {
    yield_!(value.clone());
    yield_!(value);
}

fn main() {}
