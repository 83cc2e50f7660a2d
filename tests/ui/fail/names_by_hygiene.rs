//! Two variables of one name, which only hygiene tells apart.

use unawait::prelude::*;

macro_rules! numbers {
    ($x:ident) => {
        #[coro]
        fn numbers() -> impl Iterator<Item = u32> {
            let x = 1;
            let $x = 2;
            yield_!(0);
            yield_!(x * 10 + $x);
        }
    };
}

numbers!(x);

fn main() {}
