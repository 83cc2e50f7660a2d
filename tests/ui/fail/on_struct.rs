//! `#[coro]` goes on functions.

use unawait::prelude::*;

#[coro]
struct Numbers {
    next: u32,
}

fn main() {
    let numbers = Numbers { next: 1 };
    assert_eq!(numbers.next, 1);
}
