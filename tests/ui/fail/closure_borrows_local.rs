//! A closure that is given away takes its captures along.

use unawait::prelude::*;

#[coro]
fn adders() -> impl Iterator<Item = Box<dyn Fn(u32) -> u32>> {
    for n in 0..3 {
        yield_!(Box::new(|x| x + n));
    }
}

fn main() {}
