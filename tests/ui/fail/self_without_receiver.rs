//! `self` in a function that takes none.

use unawait::prelude::*;

struct Shelf {
    items: Vec<u32>,
}

impl Shelf {
    #[coro]
    fn first() -> impl Iterator<Item = u32> {
        yield_!(self.items[0]);
    }

    #[coro]
    async fn load() -> u32 {
        std::future::ready(self.items[0]).await
    }
}

fn main() {}
