//! What is referred to is bound before the method changes it.

use unawait::prelude::*;

struct Node<'a> {
    name: String,
    next: Option<&'a Node<'a>>,
}

struct Walk<'a> {
    node: &'a Node<'a>,
}

impl Walk<'_> {
    fn go_on(&mut self) {
        self.node = self.node.next.unwrap();
    }
}

#[coro]
fn names<'a>(first: &'a Node<'a>) -> impl Iterator<Item = &'a str> {
    let mut walk = Walk { node: first };
    let node = walk.node;
    let name = &node.name;
    walk.go_on();
    yield_!("first");
    yield_!(name);
    yield_!(&walk.node.name);
}

fn main() {
    let last = Node { name: String::from("b"), next: None };
    let first = Node { name: String::from("a"), next: Some(&last) };
    assert!(names(&first).eq(["first", "a", "b"]));
}
