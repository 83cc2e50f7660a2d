//! It is assigned in front of the await.

use std::future::ready;
use unawait::prelude::*;

#[coro]
async fn again() -> usize {
    let mut a = String::from("one");
    drop(a);
    a = String::from("two");
    let n = ready(1).await;
    a.len() + n
}

fn main() {
    assert_eq!(pollster::block_on(again()), 4);
}
