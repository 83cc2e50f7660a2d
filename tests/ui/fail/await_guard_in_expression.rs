//! The guard of a local is a temporary of an expression that may leave the function, by an error of which the type says nothing.

use std::future::ready;
use unawait::prelude::*;

struct Mutex(u32);

impl Mutex {
    async fn lock(&self) -> &u32 {
        ready(&self.0).await
    }
}

type Parsed = Result<u32, std::num::ParseIntError>;

#[coro]
async fn sum(text: &str) -> Parsed {
    let mutex = Mutex(1);
    let sum = mutex.lock().await.wrapping_add(text.parse()?);
    Ok(sum + ready(1).await)
}

fn main() {}
