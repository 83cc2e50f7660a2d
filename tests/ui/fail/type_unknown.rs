//! rustc infers types from above to below, here as in any function.

use unawait::prelude::*;

#[coro]
fn numbers(yes: bool) -> impl Iterator<Item = u32> {
    let mut list = Vec::new();
    if yes {
        yield_!(list.iter().map(|n| n.count_ones()).sum());
    } else {
        yield_!(2);
        list.push(3_u32);
        yield_!(list[0]);
    }
}

fn main() {}
