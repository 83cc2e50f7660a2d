//! A local that is not `Send` under `+ Send`.

use unawait::prelude::*;

use std::rc::Rc;

#[coro]
fn numbers() -> impl Iterator<Item = u32> + Send {
    let shared = Rc::new(1);
    yield_!(0);
    yield_!(*shared);
}

fn main() {}
