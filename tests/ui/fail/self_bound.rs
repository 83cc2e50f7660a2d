//! `self` is no name for a variable.

use unawait::prelude::*;

struct Counter;

impl Counter {
    #[coro]
    fn count(&self) -> impl Iterator<Item = u32> {
        let self = 1;
        yield_!(self);
    }
}

fn main() {
    Counter.count();
}
