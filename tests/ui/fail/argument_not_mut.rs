//! An argument that is not `mut` is changed.

use unawait::prelude::*;

#[coro]
async fn read(buffer: Vec<u8>) -> usize {
    std::future::ready(()).await;
    buffer.push(1);
    buffer.len()
}

fn main() {}
