//! Suspensions in the middle of expressions.

use unawait::prelude::*;

fn price(item: &str) -> u32 {
    item.len() as u32
}

#[coro]
fn till(rate: u32) -> impl Coroutine<u32, Yield = &'static str, Return = u32> {
    let sum = price("tea") * yield_!("how many teas?") + price("cake") * yield_!("how many cakes?");
    let mut paid = Vec::new();
    paid.push(yield_!("pay"));
    paid.push(yield_!("tip") + paid[0]);
    (sum * rate).min(paid[1])
}
