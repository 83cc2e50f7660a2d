//! A list that is changed on the way is gone through by index.

use unawait::prelude::*;

#[coro]
fn grown() -> impl Iterator<Item = u32> {
    let mut list = vec![1];
    let mut index = 0;
    while index < list.len() {
        yield_!(list[index]);
        if list.len() < 3 {
            list.push(2);
        }
        index += 1;
    }
}

fn main() {
    assert!(grown().eq([1, 2, 2]));
}
