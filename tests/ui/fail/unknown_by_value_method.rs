//! A method that takes its receiver by value cannot be told from one that borrows.

use unawait::prelude::*;

struct Builder(Vec<u32>);

impl Builder {
    fn seal(self) -> Vec<u32> {
        self.0
    }
}

#[coro]
fn build() -> impl Iterator<Item = usize> {
    let builder = Builder(vec![1]);
    let sealed = builder.seal();
    yield_!(sealed.len());
    yield_!(sealed.capacity());
}

fn main() {}
