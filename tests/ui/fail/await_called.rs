//! `.await()`, as in other languages.

use unawait::prelude::*;

async fn load() -> u32 {
    1
}

#[coro]
async fn next() -> u32 {
    load().await() + 1
}

fn main() {}
