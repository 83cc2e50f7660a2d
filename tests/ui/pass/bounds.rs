//! What takes the place of the bounds that no machine meets.

use unawait::prelude::*;

#[coro]
fn numbers(n: u32) -> impl Iterator<Item = u32> + Clone {
    for i in 0..n {
        yield_!(i);
    }
}

fn main() {
    let all = numbers(3);
    let again = all.clone();
    assert!(all.eq(again));
    assert!(numbers(2).cmp(numbers(3)).is_lt());
    let items: Vec<u32> = numbers(3).collect();
    assert_eq!((items.len(), items.into_iter().next_back()), (3, Some(2)));
}
