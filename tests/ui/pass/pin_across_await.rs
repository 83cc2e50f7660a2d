//! What has to stay pinned is pinned to the heap.

use std::future::ready;
use unawait::prelude::*;

#[coro]
async fn both() -> u32 {
    loop {
        let mut first = Box::pin(ready(3));
        let second = ready(2).await;
        if first.as_mut().await > second {
            break second;
        }
    }
}

fn main() {
    assert_eq!(pollster::block_on(both()), 2);
}
