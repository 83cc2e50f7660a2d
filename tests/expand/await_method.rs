use std::future::ready;

use unawait::prelude::*;

pub struct Counter {
    step: u32,
    total: u32,
}

impl Counter {
    async fn add(&mut self, n: u32) -> u32 {
        self.total += ready(n).await;
        self.total
    }

    #[coro]
    pub async fn count(&mut self, times: u32) -> u32 {
        for _ in 0..times {
            self.add(self.step).await;
        }
        self.total
    }
}
