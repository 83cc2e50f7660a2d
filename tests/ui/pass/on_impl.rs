//! `#[coro]` on the method.

use unawait::prelude::*;

struct Numbers;

impl Numbers {
    #[coro]
    fn all(&self) -> impl Iterator<Item = u32> {
        yield_!(1);
    }
}

fn main() {
    assert!(Numbers.all().eq([1]));
}
