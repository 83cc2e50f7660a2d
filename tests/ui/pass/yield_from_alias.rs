//! Items that are coerced: their type is written out, or each is yielded.

use std::fmt::Debug;

use unawait::prelude::*;

type Boxed = Box<dyn Debug>;

#[coro]
fn written_out() -> impl Iterator<Item = Box<dyn Debug>> {
    yield_from!([Box::new(1)]);
}

#[coro]
fn one_by_one() -> impl Iterator<Item = Boxed> {
    for item in [Box::new(1)] {
        yield_!(item);
    }
}

fn main() {
    assert_eq!(written_out().count() + one_by_one().count(), 2);
}
