//! Whether a future is `Send` is inferred, as it is for `async fn`.

use unawait::prelude::*;

use std::future::ready;
use std::rc::Rc;

#[coro]
async fn count(names: Vec<u32>) -> usize {
    let shared = Rc::new(names);
    ready(()).await;
    shared.len()
}

fn spawn(_: impl Send) {}

fn start() {
    spawn(count(vec![1]));
}

fn main() {}
