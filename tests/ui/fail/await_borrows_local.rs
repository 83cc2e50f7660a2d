//! What is awaited may not borrow from a local that is lent to it.

use unawait::prelude::*;

use std::future::ready;

struct Table([u32; 2]);

impl Table {
    async fn row(&self, n: usize) -> &u32 {
        ready(&self.0[n]).await
    }
}

#[coro]
async fn read() -> u32 {
    let table = Table([1, 2]);
    let row = table.row(1).await;
    row.count_ones() + ready(1).await
}

fn main() {}
