//! A method of the name on what derefs to `Self`: the method itself runs. By its path it is the other one.

use std::ops::Deref;
use unawait::prelude::*;

struct Node(u32);
struct Wrapper(Node);

impl Deref for Wrapper {
    type Target = Node;

    fn deref(&self) -> &Node {
        &self.0
    }
}

impl Wrapper {
    fn walk(&self, _: u32) -> std::iter::Once<u32> {
        std::iter::once(100)
    }
}

impl Node {
    #[coro(recursive)]
    fn walk(&self, n: u32) -> impl Iterator<Item = u32> {
        yield_!(self.0);
        if n > 0 {
            let inner = &Wrapper(Node(self.0 + 1));
            yield_from!(self.walk(n - 1));
            yield_from!(Wrapper::walk(inner, n));
        }
    }
}

impl Node {
    #[coro(recursive)]
    fn itself<'a>(&'a self, wrapper: &'a Wrapper, n: u32) -> impl Iterator<Item = u32> {
        yield_!(self.0);
        if n > 0 {
            yield_from!(wrapper.itself(wrapper, n - 1));
        }
    }
}

impl Wrapper {
    fn itself<'a>(&'a self, _: &'a Wrapper, _: u32) -> std::iter::Once<u32> {
        std::iter::once(100)
    }
}

fn main() {
    assert!(Node(1).walk(1).eq([1, 1, 100]));
    // Plain Rust: 1, 100.
    assert!(Node(1).itself(&Wrapper(Node(2)), 1).eq([1, 2]));
    assert_eq!(Wrapper(Node(3)).itself(&Wrapper(Node(4)), 0).next(), Some(100));
}
