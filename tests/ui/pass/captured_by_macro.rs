//! A string in a macro of which nothing is known, with a variable that hides none.

use unawait::prelude::*;

macro_rules! show {
    ($($all:tt)*) => { assert_eq!(format!($($all)*), "2") };
}

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    let n = 1;
    {
        let inner = 2;
        yield_!(inner);
        show!("{inner}");
    }
    yield_!(n);
}

fn main() {
    assert!(numbers().eq([2, 1]));
}
