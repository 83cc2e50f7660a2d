//! What uses a guard of a local is enclosed in a future of its own. `?` leaves that with the error, if the function's type shows its kind.

use std::future::ready;

use unawait::prelude::*;

type Answer = Result<u32, String>;

struct Mutex(u32);

impl Mutex {
    async fn lock(&self) -> &u32 {
        ready(&self.0).await
    }
}

async fn check(n: u32) -> Answer {
    Ok(n)
}

#[coro]
async fn read() -> Answer {
    let mutex = Mutex(1);
    for n in 0..3 {
        let guard = mutex.lock().await;
        if check(*guard).await? > n {
            break;
        }
    }
    Ok(mutex.0)
}

fn main() {}
