//! An argument is given away in each round of a loop.

use unawait::prelude::*;

async fn send(_: String) {}

#[coro]
async fn run(message: String) {
    for _ in 0..2 {
        send(message).await;
    }
}

fn main() {}
