//! The type of what is awaited is not known.

use unawait::prelude::*;

use std::future::ready;

#[coro]
async fn nothing() {
    let value = ready(Default::default()).await;
    drop(value);
}

fn main() {}
