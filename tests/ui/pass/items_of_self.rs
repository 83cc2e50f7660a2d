//! The part is taken of a block, or `self` is taken apart.

use std::future::ready;
use unawait::prelude::*;

struct Pool {
    jobs: Vec<usize>,
    size: usize,
}

impl Pool {
    #[coro]
    async fn drain(self) -> usize {
        let mut sum = 0;
        let jobs = { self }.jobs;
        for job in jobs {
            sum += ready(job).await;
        }
        sum
    }

    #[coro]
    async fn drain_all(self) -> usize {
        let Self { jobs, size } = self;
        let mut sum = size;
        for job in jobs {
            sum += ready(job).await;
        }
        sum
    }
}

fn main() {
    let pool = || Pool {
        jobs: vec![1, 2],
        size: 10,
    };
    assert_eq!(pollster::block_on(pool().drain()), 3);
    assert_eq!(pollster::block_on(pool().drain_all()), 13);
}
