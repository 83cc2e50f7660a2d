//! Names that differ.

use unawait::prelude::*;

macro_rules! numbers {
    ($x:ident) => {
        #[coro]
        fn numbers() -> impl Iterator<Item = u32> {
            let own = 1;
            let $x = 2;
            yield_!(0);
            yield_!(own * 10 + $x);
        }
    };
}

numbers!(x);

fn main() {
    assert!(numbers().eq([0, 12]));
}
