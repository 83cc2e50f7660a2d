//! The variable says its type.

use unawait::prelude::*;

#[coro]
fn numbers(yes: bool) -> impl Iterator<Item = u32> {
    let mut list: Vec<u32> = Vec::new();
    if yes {
        yield_!(list.iter().map(|n| n.count_ones()).sum());
        yield_!(list.len() as u32);
    } else {
        yield_!(2);
        list.push(3);
        yield_!(list[0]);
    }
}

fn main() {
    assert!(numbers(true).eq([0, 0]));
    assert!(numbers(false).eq([2, 3]));
}
