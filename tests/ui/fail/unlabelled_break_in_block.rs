//! A labeled block is left by its label only.

use unawait::prelude::*;

#[coro]
fn numbers(stop: bool) -> impl Iterator<Item = u32> {
    'block: {
        yield_!(1);
        if stop {
            break;
        }
        yield_!(2);
    }
    'block: {
        yield_!(1);
        continue 'block;
    }
}

fn main() {}
