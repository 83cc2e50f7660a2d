//! A `match` with a value, some of it from a suspension.

use unawait::prelude::*;

#[coro]
fn dialog() -> impl Coroutine<u8, Yield = &'static str, Return = u32> {
    let size = match yield_!("size?") {
        0 => return 0,
        1..=9 => 10,
        _ => match yield_!("really?") {
            0 => 99,
            more => u32::from(more),
        },
    };
    yield_!("thanks");
    size * 2
}

/// A pattern that binds the variable whose value the `match` is.
#[coro]
pub fn same_name(first: Option<u32>) -> impl Iterator<Item = u32> {
    let first = match first {
        Some(first) => first,
        None => {
            yield_!(0);
            1
        }
    };
    yield_!(first);
}
