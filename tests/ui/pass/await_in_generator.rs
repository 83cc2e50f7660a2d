//! An async function waits, and passes the results to the generator.

use unawait::prelude::*;

#[coro]
fn results(jobs: Vec<u32>) -> impl Iterator<Item = u32> {
    for job in jobs {
        yield_!(job);
    }
}

async fn wait(jobs: Vec<std::future::Ready<u32>>) -> impl Iterator<Item = u32> {
    let mut done = Vec::new();
    for job in jobs {
        done.push(job.await);
    }
    results(done)
}

fn main() {
    drop(wait(Vec::new()));
}
