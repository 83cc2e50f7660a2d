//! A receiver that is copied before the arguments change it.

use unawait::prelude::*;

#[derive(Clone, Copy)]
struct Count(u32);

impl Count {
    fn plus(self, n: u32) -> u32 {
        self.0 + n
    }

    fn bump(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }
}

#[coro]
fn sums() -> impl Iterator<Item = u32> {
    let mut count = Count(1);
    let sum = { count }.plus({
        let bumped = count.bump();
        yield_!(bumped);
        bumped
    });
    yield_!(sum);
}

fn main() {
    assert!(sums().eq([2, 3]));
}
