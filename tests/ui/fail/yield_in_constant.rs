//! What is evaluated at compile time cannot be suspended: lengths of arrays and const arguments.

use unawait::prelude::*;

fn ticks<const N: usize>() {}

#[coro]
fn constants() -> impl Iterator<Item = u32> {
    let list = [0; yield_!(1)];
    let pair: [u8; { yield_!(2); 2 }] = [1, 2];
    ticks::<{ yield_!(3); 3 }>();
}

fn main() {
    constants();
}
