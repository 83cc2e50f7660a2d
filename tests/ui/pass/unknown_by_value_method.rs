//! A block says that its value is moved.

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
    let sealed = { builder }.seal();
    yield_!(sealed.len());
    yield_!(sealed.len());
}

#[coro]
fn build_by_path() -> impl Iterator<Item = usize> {
    let builder = Builder(vec![1]);
    let sealed = Builder::seal(builder);
    yield_!(sealed.len());
    yield_!(sealed.len());
}

fn main() {
    assert!(build().eq(build_by_path()));
}
