//! A field is changed through `&self`.

use unawait::prelude::*;

struct Counter {
    n: u32,
}

impl Counter {
    #[coro]
    fn count(&self) -> impl Iterator<Item = u32> {
        loop {
            self.n += 1;
            yield_!(self.n);
        }
    }
}

fn main() {}
