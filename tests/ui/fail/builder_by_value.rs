//! A method that takes `self` is not known by its name: of a temporary it is thought that the next one borrows it.

use std::future::ready;
use unawait::prelude::*;

struct Builder(usize);

impl Builder {
    fn piece(self, text: &str) -> Builder {
        Builder(self.0 + text.len())
    }

    async fn send(self) -> usize {
        self.0
    }
}

#[coro]
async fn run() -> usize {
    Builder(0)
        .piece("x")
        .piece(&ready(String::from("key")).await)
        .send()
        .await
}

fn main() {}
