//! The block is made where it is awaited.

use std::future::ready;
use unawait::prelude::*;

async fn show(name: &str) -> usize {
    name.len()
}

#[coro]
async fn greet(stop: bool) -> usize {
    let name = String::from("Ada");
    loop {
        ready(()).await;
        if stop {
            break;
        }
        async { show(&name).await }.await;
    }
    name.len()
}

fn main() {
    assert_eq!(pollster::block_on(greet(true)), 3);
}
