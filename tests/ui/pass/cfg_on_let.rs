//! `#[cfg]` on the expressions of a block.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    let n = {
        #[cfg(unix)]
        {
            1
        }
        #[cfg(not(unix))]
        {
            2
        }
    };
    yield_!(n);
    yield_!(n);
}

fn main() {
    assert_eq!(numbers().count(), 2);
}
