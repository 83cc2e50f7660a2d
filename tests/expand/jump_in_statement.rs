//! A `continue` in a statement that stays whole goes to a state.

use unawait::prelude::*;

#[coro]
fn changes(numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    let mut last = 0;
    for n in numbers {
        if n == last {
            last += 1;
            continue;
        }
        yield_!(n);
        last = n;
    }
}
