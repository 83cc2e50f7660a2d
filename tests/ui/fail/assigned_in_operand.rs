//! A variable is assigned inside of what is awaited.

use std::future::ready;
use unawait::prelude::*;

fn make() -> String {
    String::from("two")
}

#[coro]
async fn again() -> usize {
    let mut a = make();
    drop(a);
    ready({
        a = make();
        1
    })
    .await
}

fn main() {}
