//! What `dbg!` shows is the text of its argument: bound first, it is a name.

use std::future::ready;
use unawait::prelude::*;

#[coro]
async fn doubled(n: u32) -> u32 {
    let value = ready(n).await;
    dbg!(value) * 2
}

fn main() {
    assert_eq!(pollster::block_on(doubled(2)), 4);
}
