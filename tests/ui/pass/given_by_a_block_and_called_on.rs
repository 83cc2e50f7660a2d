//! What the first method gives has a variable.

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
    let job = { job() }.with(yield_!(3));
    job.see(yield_!(4))
}

fn main() {
    let mut run = run();
    assert_eq!(run.start(), CoroutineState::Yielded(3));
    assert_eq!(run.resume(10), CoroutineState::Yielded(4));
    assert_eq!(run.resume(100), CoroutineState::Complete(111));
}
