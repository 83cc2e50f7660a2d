//! A variable whose type says that it is a box.

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
                let next: Box<Chain> = next;
                rest.push(*next);
                yield_!(0);
            }
        }
    }
}

fn main() {
    let chain = Chain {
        next: Some(Box::new(Chain { next: None })),
    };
    assert!(links(chain).eq([0, 0]));
}
