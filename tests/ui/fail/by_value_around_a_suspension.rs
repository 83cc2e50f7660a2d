//! A method that takes its receiver by value has it before its argument suspends: it would drop before younger variables.

use unawait::prelude::*;

struct Job(String);

impl Job {
    fn add(self, n: usize) -> usize {
        self.0.len() + n
    }

    fn grown(self, n: usize) -> Job {
        Job(self.0 + &n.to_string())
    }
}

struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {}
}

#[coro]
fn returned(job: Job) -> impl Coroutine<usize, Yield = u32, Return = usize> {
    let _guard = Guard;
    job.add(yield_!(1))
}

#[coro]
fn discarded(job: Job) -> impl Coroutine<usize, Yield = u32, Return = ()> {
    let _guard = Guard;
    job.add(yield_!(1));
}

#[coro]
fn bound(job: Job) -> impl Coroutine<usize, Yield = u32, Return = usize> {
    let _guard = Guard;
    let n = job.add(yield_!(1));
    n + 1
}

#[coro]
fn assigned(mut job: Job) -> impl Coroutine<usize, Yield = usize, Return = ()> {
    let _guard = Guard;
    loop {
        job = job.grown(yield_!(job.0.len()));
    }
}

#[coro]
async fn awaited(job: Job) -> usize {
    let _guard = Guard;
    let n = job.add(std::future::ready(1).await);
    std::future::ready(n).await
}

impl Job {
    async fn settle(self, n: usize) -> usize {
        self.0.len() + n
    }
}

#[coro]
async fn left_before(job: Job, n: Option<usize>) -> Option<usize> {
    let _guard = Guard;
    let n = job.settle(n?).await;
    Some(std::future::ready(n).await)
}

fn main() {}
