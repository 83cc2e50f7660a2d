//! What a method gives, that was called on a block, is called again with an argument that suspends.

use unawait::prelude::*;

struct Job(u32);

impl Job {
    fn with(self, n: u32) -> Job {
        Job(self.0 + n)
    }

    fn see(&self, n: u32) -> u32 {
        self.0 + n
    }
}

fn job() -> Job {
    Job(1)
}

#[coro]
fn run() -> impl Coroutine<u32, Yield = u32, Return = u32> {
    { job() }.with(yield_!(3)).see(yield_!(4))
}

fn main() {}
