//! A local that cannot be cloned under `+ Clone`.

use unawait::prelude::*;

struct Ticket(u32);

#[coro]
fn numbers() -> impl Iterator<Item = u32> + Clone {
    let ticket = Ticket(1);
    yield_!(0);
    yield_!(ticket.0);
}

fn main() {}
