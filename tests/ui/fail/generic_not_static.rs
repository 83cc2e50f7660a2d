//! What a type parameter borrows is not `'static`.

use unawait::prelude::*;

#[coro]
fn shown<T: ToString>(value: T) -> Box<dyn Iterator<Item = String>> {
    loop {
        yield_!(value.to_string());
    }
}

fn main() {}
