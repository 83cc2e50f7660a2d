//! A block says that the receiver is moved before its argument suspends.

use unawait::prelude::*;

struct Job(u32);

impl Job {
    fn add(self, n: u32) -> u32 {
        self.0 + n
    }
}

#[coro]
fn run(job: Job) -> impl Coroutine<u32, Yield = u32, Return = u32> {
    { job }.add(yield_!(1))
}

fn main() {
    let mut run = run(Job(2));
    assert_eq!(run.start(), CoroutineState::Yielded(1));
    assert_eq!(run.resume(3), CoroutineState::Complete(5));
}
