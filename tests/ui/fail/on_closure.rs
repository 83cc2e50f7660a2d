//! An attribute on an expression is not stable.

use unawait::prelude::*;

fn main() {
    let numbers = #[coro]
    || {
        yield_!(1);
    };
    numbers();
}
