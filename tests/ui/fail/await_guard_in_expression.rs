//! The guard of a local is a temporary of an expression that may leave the function.

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
    let sum = mutex.lock().await.wrapping_add(text.parse()?);
    Ok(sum + ready(1).await)
}

fn main() {}
