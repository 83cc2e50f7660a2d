//! What is big is on the heap, or belongs to the caller.

use std::future::ready;
use unawait::prelude::*;

#[coro]
fn sums() -> impl Iterator<Item = usize> {
    let mut buffer = vec![0_u8; 4096];
    for n in 0..3 {
        buffer[n] = 1;
        yield_!(buffer.iter().map(|byte| usize::from(*byte)).sum());
    }
}

async fn read(buffer: &mut [u8]) -> usize {
    buffer[0] = 1;
    ready(1).await
}

#[coro]
async fn load(buffer: &mut [u8; 4096]) -> usize {
    read(buffer).await + read(&mut Box::new([0; 4096])[..]).await
}

fn main() {
    assert!(sums().eq([1, 2, 3]));
    assert!(size_of_val(&sums()) < 256);
    let mut buffer = [0; 4096];
    let load = load(&mut buffer);
    assert!(size_of_val(&load) < 512);
    assert_eq!(pollster::block_on(load), 2);
}
