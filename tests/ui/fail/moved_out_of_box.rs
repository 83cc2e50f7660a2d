//! Whether `*x` moves out of a box or copies out of a reference depends on the type.

use unawait::prelude::*;

struct Node {
    value: u32,
    next: Option<Box<Node>>,
}

#[coro]
fn values(mut node: Node) -> impl Iterator<Item = u32> {
    loop {
        yield_!(node.value);
        match node.next {
            Some(next) => {
                node = *next;
                yield_!(0);
            }
            None => return,
        }
    }
}

fn main() {}
