//! This is about generators.

use unawait::prelude::*;

#[coro]
async fn numbers() -> u32 {
    1
}

fn main() {}
