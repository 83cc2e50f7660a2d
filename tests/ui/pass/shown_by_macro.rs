//! A macro that shows the source of its argument: a variable that hides none has its name.

use unawait::prelude::*;

macro_rules! named {
    ($value:expr) => { (stringify!($value), $value) };
}

struct Counter {
    count: u32,
}

impl Counter {
    #[coro]
    fn run(&self) -> impl Iterator<Item = (&'static str, u32)> {
        let count = self.count;
        yield_!(named!(count));
        yield_!((stringify!(self.count), self.count));
    }
}

fn main() {
    assert!(Counter { count: 2 }.run().eq([("count", 2), ("self.count", 2)]));
}
