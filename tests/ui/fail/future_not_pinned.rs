//! A boxed future has to be pinned.

use unawait::prelude::*;

use std::future::{Future, ready};

#[coro]
fn number() -> Box<dyn Future<Output = u32>> {
    ready(1).await
}

fn main() {}
