//! A server's loop: what it reads into a buffer, it writes back. Each await borrows the stream and the buffer, which both
//! are used again afterwards. A message has 16 bytes whatever the size of the buffer.

use std::future::Future;
use std::hint::black_box;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::drive::both;

const MESSAGES: u64 = 10_000;
const MESSAGE: usize = 16;

/// A stream in memory, always ready.
pub struct Memory {
    messages: u64,
    pub written: u64,
}

impl Memory {
    pub fn new() -> Self {
        Memory {
            messages: black_box(MESSAGES),
            written: 0,
        }
    }

    #[inline]
    pub fn read<'a>(&'a mut self, buffer: &'a mut [u8]) -> Read<'a> {
        Read { stream: self, buffer }
    }

    #[inline]
    pub fn write<'a>(&'a mut self, bytes: &'a [u8]) -> Write<'a> {
        Write { stream: self, bytes }
    }
}

pub struct Read<'a> {
    stream: &'a mut Memory,
    buffer: &'a mut [u8],
}

impl Future for Read<'_> {
    type Output = usize;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<usize> {
        if self.stream.messages == 0 {
            return Poll::Ready(0);
        }
        self.stream.messages -= 1;
        let byte = self.stream.messages as u8;
        self.buffer[..MESSAGE].fill(byte);
        Poll::Ready(black_box(MESSAGE))
    }
}

pub struct Write<'a> {
    stream: &'a mut Memory,
    bytes: &'a [u8],
}

impl Future for Write<'_> {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        self.stream.written += black_box(self.bytes).len() as u64 + u64::from(self.bytes[0]);
        Poll::Ready(())
    }
}

both! {
    pub async fn echo<const SIZE: usize>(mut stream: Memory) -> u64 {
        let mut buffer = [0u8; SIZE];
        loop {
            let n = stream.read(&mut buffer).await;
            if n == 0 {
                break;
            }
            stream.write(&buffer[..n]).await;
        }
        stream.written + u64::from(buffer[0])
    }
}

macro_rules! sizes {
    ($($name:ident: $size:literal;)*) => {$(
        pub mod $name {
            use super::{MESSAGES, Memory, coro, rustc};
            use crate::drive::futures;

            futures! { 1, 2 * MESSAGES; echo::<$size>(Memory::new()) }
        }
    )*};
}

sizes! {
    small: 16;
    medium: 256;
    large: 4096;
}
