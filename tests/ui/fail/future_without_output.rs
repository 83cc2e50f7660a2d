//! The signature says what the future gives.

use unawait::prelude::*;

use std::future::{Future, ready};

#[coro]
fn number() -> impl Future {
    ready(1).await
}

fn main() {}
