//! rustc infers from above to below.

use unawait::prelude::*;

#[coro]
fn numbers(yes: bool) -> impl Iterator<Item = usize> {
    let mut list = Vec::new();
    if yes {
        yield_!(1);
        yield_!(list.iter().map(|n| n * 2).sum());
    } else {
        yield_!(2);
        list.push(3_usize);
        yield_!(list[0]);
    }
}

fn main() {}
