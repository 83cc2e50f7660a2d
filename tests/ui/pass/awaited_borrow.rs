//! The borrow stands in the await, or in an `async` block with it.

use unawait::prelude::*;

async fn read(buffer: &mut Vec<u8>) -> usize {
    buffer.push(1);
    buffer.len()
}

#[coro]
async fn in_the_await() -> usize {
    let mut buffer = Vec::new();
    let n = read(&mut buffer).await;
    n + buffer.len()
}

#[coro]
async fn in_a_block() -> usize {
    let mut buffer = Vec::new();
    let n = async {
        let reading = read(&mut buffer);
        reading.await
    }
    .await;
    n + buffer.len()
}

fn main() {
    assert_eq!(pollster::block_on(in_the_await()), 2);
    assert_eq!(pollster::block_on(in_a_block()), 2);
}
