//! A guard that is not `Send` lives across an await.

use std::sync::Mutex;
use unawait::prelude::*;

fn spawn<F: Future + Send + 'static>(_: F) {}

#[coro]
async fn bump(counter: std::sync::Arc<Mutex<u32>>) {
    let mut guard = counter.lock().unwrap();
    *guard += 1;
    std::future::ready(()).await;
}

fn main() {
    spawn(bump(Default::default()));
}
