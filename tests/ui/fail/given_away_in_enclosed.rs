//! A statement that has to be enclosed gives a variable away on some paths, and what follows yields, so it cannot be enclosed too.

use std::collections::BTreeMap;
use std::future::ready;

use unawait::prelude::*;

async fn send(_: String) {}

#[coro]
fn rows(last: bool) -> impl Stream<Item = u32> {
    let table = BTreeMap::from([(1, 5)]);
    let text = String::from("text");
    if let Some(row) = table.get(&1) {
        ready(row).await;
        if last {
            send(text).await;
        }
    }
    yield_!(1);
}

fn main() {}
