//! Whether a machine is `Send` depends on what it keeps.

use unawait::prelude::*;

use std::rc::Rc;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    let shared = Rc::new(1);
    yield_!(0);
    yield_!(*shared);
}

fn send(_: impl Send) {}

fn main() {
    send(numbers());
}
