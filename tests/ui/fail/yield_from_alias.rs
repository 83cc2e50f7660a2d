//! Items that are coerced, to a type that an alias names.

use std::fmt::Debug;

use unawait::prelude::*;

type Boxed = Box<dyn Debug>;

#[coro]
fn shown() -> impl Iterator<Item = Boxed> {
    yield_from!([Box::new(1)]);
}

fn main() {}
