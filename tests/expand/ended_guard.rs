//! A guard at the end of a loop's body ends before what it borrows goes on.

use std::sync::{Arc, Mutex};

use unawait::prelude::*;

async fn next() -> Option<u32> {
    None
}

#[coro]
async fn collect(list: Arc<Mutex<Vec<u32>>>) -> usize {
    while let Some(n) = next().await {
        let mut items = list.lock().unwrap();
        if items.contains(&n) {
            continue;
        }
        items.push(n);
    }
    let items = list.lock().unwrap();
    items.len()
}
