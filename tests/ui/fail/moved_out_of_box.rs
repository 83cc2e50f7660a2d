//! Whether `*x` moves out of a box or copies out of a reference depends on the type.

use unawait::prelude::*;

struct Chain {
    next: Option<Box<Chain>>,
}

#[coro]
fn links(chain: Chain) -> impl Iterator<Item = usize> {
    let mut rest = vec![chain];
    while let Some(mut chain) = rest.pop() {
        match chain.next.take() {
            None => yield_!(rest.len()),
            Some(next) => {
                rest.push(*next);
                yield_!(0);
            }
        }
    }
}

fn main() {}
