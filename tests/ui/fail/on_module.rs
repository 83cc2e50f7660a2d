//! `#[coro]` does not go on modules.

use unawait::prelude::*;

#[coro]
mod numbers {
    pub const ONE: u32 = 1;
}

fn main() {
    assert_eq!(numbers::ONE, 1);
}
