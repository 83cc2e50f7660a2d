//! An `async` block around the macro.

use std::future::ready;
use unawait::prelude::*;

macro_rules! race {
    ($a:expr, $b:expr) => {
        $a.await + $b.await
    };
}

#[coro]
async fn both() -> u32 {
    async { race!(ready(1), ready(2)) }.await
}

fn main() {
    assert_eq!(pollster::block_on(both()), 3);
}
