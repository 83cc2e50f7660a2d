//! Which fields a state has cannot depend on `#[cfg]`.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    #[cfg(unix)]
    let n = 1;
    #[cfg(not(unix))]
    let n = 2;
    yield_!(n);
    yield_!(n);
}

fn main() {}
