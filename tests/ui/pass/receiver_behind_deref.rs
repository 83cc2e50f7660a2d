//! The value is bound before the receiver is looked at.

use std::ops::{Deref, DerefMut};
use unawait::prelude::*;

struct Buffer(Vec<u32>, u32);

impl Deref for Buffer {
    type Target = Vec<u32>;

    fn deref(&self) -> &Vec<u32> {
        &self.0
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut Vec<u32> {
        self.1 += 1;
        &mut self.0
    }
}

#[coro]
fn fill() -> impl Coroutine<u32, Yield = u32, Return = u32> {
    let mut buffer = Buffer(Vec::new(), 0);
    let value = yield_!(buffer.1);
    buffer.push(value);
    buffer.1
}

fn main() {
    let mut fill = fill();
    assert_eq!(fill.start(), CoroutineState::Yielded(0));
    assert_eq!(fill.resume(5), CoroutineState::Complete(1));
}
