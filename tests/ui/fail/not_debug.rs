//! A local that cannot be printed under `+ Debug`.

use unawait::prelude::*;

use std::fmt::Debug;

struct Ticket(u32);

#[coro]
fn numbers() -> impl Iterator<Item = u32> + Debug {
    let ticket = Ticket(1);
    yield_!(0);
    yield_!(ticket.0);
}

fn main() {}
