//! A block says that the value is moved, and a variable is known to be.

use std::future::ready;
use unawait::prelude::*;

struct Builder(usize);

impl Builder {
    fn part(self, text: &str) -> Builder {
        Builder(self.0 + text.len())
    }

    async fn send(self) -> usize {
        self.0
    }
}

#[coro]
async fn run() -> usize {
    let key = ready(String::from("key")).await;
    Builder(0).part("x").part(&key).send().await
}

#[coro]
async fn in_a_block() -> usize {
    { Builder(0).part("x") }
        .part(&ready(String::from("key")).await)
        .send()
        .await
}

fn main() {
    assert_eq!(pollster::block_on(run()), 4);
    assert_eq!(pollster::block_on(in_a_block()), 4);
}
