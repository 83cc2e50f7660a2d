//! What is awaited may not borrow from a local that is lent to it.

use unawait::prelude::*;

use std::future::ready;

struct Mutex(u32);

impl Mutex {
    async fn lock(&self) -> &u32 {
        ready(&self.0).await
    }
}

#[coro]
async fn read() -> u32 {
    let mutex = Mutex(1);
    let guard = mutex.lock().await;
    *guard + ready(1).await
}

fn main() {}
