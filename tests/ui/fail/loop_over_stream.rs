//! A stream is no iterator.

use unawait::prelude::*;

#[coro]
async fn total(list: Vec<u32>) -> u32 {
    let mut sum = 0;
    for n in numbers(list) {
        sum += n;
    }
    sum
}

#[coro]
fn numbers(list: Vec<u32>) -> impl Stream<Item = u32> {
    for n in list {
        yield_!(n);
    }
}

fn main() {}
