//! A generator yields, it does not wait.

use unawait::prelude::*;

#[coro]
fn results(jobs: Vec<std::future::Ready<u32>>) -> impl Iterator<Item = u32> {
    for job in jobs {
        yield_!(job.await);
    }
}

fn main() {}
