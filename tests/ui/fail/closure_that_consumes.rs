//! Calling a closure may consume it.

use unawait::prelude::*;

struct Job(u32);

impl Job {
    fn finish(self) -> u32 {
        self.0
    }
}

#[coro]
fn run(job: Job) -> impl Iterator<Item = u32> {
    let done = move || job.finish();
    yield_!(done());
    yield_!(2);
}

fn main() {}
