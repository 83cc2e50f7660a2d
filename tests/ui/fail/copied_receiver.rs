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

fn bump(count: &mut Count) -> u32 {
    count.bump()
}

#[coro]
fn sum() -> impl Coroutine<u32, Yield = u32, Return = u32> {
    let mut count = Count(1);
    count.plus(yield_!(count.bump()))
}

#[coro]
fn bumped_later(count: &mut Count) -> impl Coroutine<u32, Yield = u32, Return = u32> {
    count.plus({
        let n = yield_!(1);
        bump(count) + n
    })
}

fn main() {}
