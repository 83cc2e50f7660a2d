//! The guard has a variable.

use std::future::ready;
use unawait::prelude::*;

struct Mutex(u32);

impl Mutex {
    async fn lock(&self) -> &u32 {
        ready(&self.0).await
    }
}

#[coro]
async fn sum(text: &str) -> Result<u32, std::num::ParseIntError> {
    let mutex = Mutex(1);
    let guard = mutex.lock().await;
    let sum = guard.wrapping_add(text.parse()?);
    Ok(sum + ready(1).await)
}

fn main() {
    assert_eq!(pollster::block_on(sum("2")), Ok(4));
}
