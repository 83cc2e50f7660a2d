//! A thread borrows an argument, which it may outlive.

use unawait::prelude::*;

use std::future::ready;

#[coro]
async fn count(text: &str) -> usize {
    let thread = std::thread::spawn(|| text.len());
    ready(()).await;
    thread.join().unwrap()
}

#[coro]
async fn add(list: &mut Vec<&str>, item: &str) {
    ready(()).await;
    list.push(item);
}

fn main() {}
