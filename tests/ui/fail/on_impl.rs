//! `#[coro]` goes on each method, not on their block.

use unawait::prelude::*;

struct Numbers;

#[coro]
impl Numbers {
    fn all(&self) -> impl Iterator<Item = u32> {
        yield_!(1);
    }
}

fn main() {}
