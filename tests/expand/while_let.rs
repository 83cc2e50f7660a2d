//! `while let` takes a value each time.

use unawait::prelude::*;

#[coro]
fn depth_first(root: u32) -> impl Iterator<Item = u32> {
    let mut stack = vec![root];
    while let Some(n) = stack.pop() {
        yield_!(n);
        if n > 1 {
            stack.push(n / 2);
            stack.push(n / 3);
        }
    }
}
