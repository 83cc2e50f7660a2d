#![allow(unused_macros)]

use unawait::prelude::*;

macro_rules! show {
    ($($all:tt)*) => { println!($($all)*) };
}

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    let n = 1;
    {
        let n = 2;
        yield_!(n);
        show!("{n}");
    }
    yield_!(n);
}

fn main() {
    numbers().for_each(drop);
}
