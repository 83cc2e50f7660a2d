//! What uses a guard of a local is enclosed in a future of its own, which is left for one place at most: a `break` and a `return` are two.

use std::future::ready;

use unawait::prelude::*;

struct Mutex(u32);

impl Mutex {
    async fn lock(&self) -> &u32 {
        ready(&self.0).await
    }
}

#[coro]
async fn read() -> u32 {
    let mutex = Mutex(1);
    loop {
        let guard = mutex.lock().await;
        if ready(*guard).await > 9 {
            return 9;
        }
        if *guard > 0 {
            break;
        }
    }
    mutex.lock().await.checked_sub(ready(1).await).unwrap_or(0)
}

fn main() {}
