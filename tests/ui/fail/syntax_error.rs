//! A syntax error inside the body is rustc's to report.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    yield_!(1 +);
    yield_!(2);
}

fn main() {}
