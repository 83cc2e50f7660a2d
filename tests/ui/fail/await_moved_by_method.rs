//! A method that takes `self` is not known by its name.

use unawait::prelude::*;

use std::future::ready;

struct Transaction(String);

impl Transaction {
    async fn settle(self) -> usize {
        ready(self.0.len()).await
    }
}

#[coro]
async fn run(transaction: Transaction) -> usize {
    let n = transaction.settle().await;
    ready(n).await
}

fn main() {}
