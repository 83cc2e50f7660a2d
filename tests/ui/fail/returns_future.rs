//! Generators yield where async functions await.

use unawait::prelude::*;

use std::future::Future;

#[coro]
fn number() -> impl Future<Output = u32> {
    1
}

fn main() {}
