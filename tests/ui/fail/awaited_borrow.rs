//! What was made before the await borrows a local.

use unawait::prelude::*;

async fn read(buffer: &mut Vec<u8>) -> usize {
    buffer.push(1);
    buffer.len()
}

async fn run(reading: impl Future<Output = usize>) -> usize {
    reading.await
}

#[coro]
async fn load() -> usize {
    let mut buffer = Vec::new();
    let reading = read(&mut buffer);
    let n = run(reading).await;
    n + buffer.len()
}

fn main() {}
