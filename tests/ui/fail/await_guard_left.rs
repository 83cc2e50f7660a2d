//! What uses a guard of a local is enclosed in a future of its own, which is left for one loop at most: the ends of two are two places.

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
    'outer: for n in 0..3 {
        loop {
            let guard = mutex.lock().await;
            if ready(*guard).await > n {
                continue 'outer;
            }
            if *guard > 0 {
                break;
            }
        }
    }
    mutex.lock().await.checked_sub(ready(1).await).unwrap_or(0)
}

fn main() {}
