//! Jumps as the errors about others suggest.

use unawait::prelude::*;

#[coro]
fn numbers(stop: bool) -> impl Iterator<Item = u32> {
    'block: {
        yield_!(1);
        if stop {
            break 'block;
        }
        yield_!(2);
    }
    let mut last = 0;
    for i in 0..3 {
        yield_!(i);
        last = i;
        break;
    }
    if stop {
        return;
    }
    yield_!(last);
}

fn main() {
    assert!(numbers(true).eq([1, 0]));
    assert!(numbers(false).eq([1, 2, 0, 0]));
}
