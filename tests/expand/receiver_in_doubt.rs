//! A method that might take its receiver before its argument suspends.

use unawait::prelude::*;

struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {}
}

struct Job(Vec<u32>);

impl Job {
    fn add(&mut self, n: u32) -> usize {
        self.0.push(n);
        self.0.len()
    }
}

#[coro]
fn add(mut job: Job) -> impl Coroutine<u32, Yield = u32, Return = usize> {
    let _guard = Guard;
    job.add(yield_!(1))
}

fn main() {
    let mut adding = add(Job(Vec::new()));
    adding.start();
    assert_eq!(adding.resume(3), CoroutineState::Complete(1));
}
