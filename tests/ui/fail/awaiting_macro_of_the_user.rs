//! A macro that awaits, and neither its name nor its arguments say so.

use std::future::ready;
use unawait::prelude::*;

macro_rules! race {
    ($a:expr, $b:expr) => {
        $a.await + $b.await
    };
}

#[coro]
async fn both() -> u32 {
    race!(ready(1), ready(2))
}

fn main() {}
