//! What is awaited may not borrow from a local that is lent to it.

use unawait::prelude::*;

use std::future::ready;

struct Pool(u32);

impl Pool {
    async fn get(&self) -> &u32 {
        ready(&self.0).await
    }
}

#[coro]
async fn read() -> u32 {
    let pool = Pool(1);
    let connection = pool.get().await;
    *connection + ready(1).await
}

fn main() {}
