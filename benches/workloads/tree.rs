//! A recursive walk over a tree, in order, 12 levels deep: each level is a generator in a box of its own.
//!
//! The two walks by hand frame the others: an explicit stack, which is another algorithm, and the same boxes.

use std::pin::{Pin, pin};
use std::sync::LazyLock;

use corosensei::Yielder;
use futures_core::Stream;
use unawait::prelude::*;

use crate::adapters::{Polled, Stackful};
use crate::visit::{Visit, peers};

peers! { u64::MAX;
    "hand, boxed" => hand_boxed,
    "hand, a stack" => hand_stack,
    "coro" => coro,
    "coro, recursive" => coro_recursive,
    "diapause" => diapause,
    "genawaiter rc" => genawaiter_rc,
    "next-gen" => next_gen,
    "async-stream" => async_stream,
    "corosensei" => corosensei,
}

struct Node {
    value: u64,
    left: Tree,
    right: Tree,
}

type Tree = Option<Box<Node>>;

static TREE: LazyLock<Tree> = LazyLock::new(|| full(12, 0));

fn full(depth: u32, path: u64) -> Tree {
    let depth = depth.checked_sub(1)?;
    let (left, right) = (full(depth, path * 2), full(depth, path * 2 + 1));
    Some(Box::new(Node {
        value: path,
        left,
        right,
    }))
}

/// At the left, at the node itself, at the right, as `coro` below.
enum Boxed<'a> {
    Start(&'a Tree),
    Left(&'a Node, Box<Boxed<'a>>),
    Right(Box<Boxed<'a>>),
    Done,
}

impl Iterator for Boxed<'_> {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        loop {
            match self {
                Boxed::Start(None) | Boxed::Done => return None,
                Boxed::Start(Some(node)) => *self = Boxed::Left(node, Box::new(Boxed::Start(&node.left))),
                Boxed::Left(node, left) => {
                    if let Some(item) = left.next() {
                        return Some(item);
                    }
                    let node: &Node = node;
                    *self = Boxed::Right(Box::new(Boxed::Start(&node.right)));
                    return Some(node.value);
                }
                Boxed::Right(right) => {
                    let item = right.next();
                    if item.is_none() {
                        *self = Boxed::Done;
                    }
                    return item;
                }
            }
        }
    }
}

fn hand_boxed(visit: impl Visit) -> u64 {
    visit.whole(Boxed::Start(&TREE))
}

struct Walk<'a> {
    /// Its left part has been walked, or will be after the nodes above it on the stack.
    stack: Vec<&'a Node>,
}

impl<'a> Walk<'a> {
    #[inline]
    fn descend(&mut self, mut tree: &'a Tree) {
        while let Some(node) = tree {
            self.stack.push(node);
            tree = &node.left;
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = u64;

    #[inline]
    fn next(&mut self) -> Option<u64> {
        let node = self.stack.pop()?;
        self.descend(&node.right);
        Some(node.value)
    }
}

fn hand_stack(visit: impl Visit) -> u64 {
    let mut walk = Walk { stack: Vec::new() };
    walk.descend(&TREE);
    visit.whole(walk)
}

#[coro]
fn walk(tree: &Tree) -> Box<dyn Iterator<Item = u64> + '_> {
    if let Some(node) = tree {
        yield_from!(walk(&node.left));
        yield_!(node.value);
        yield_from!(walk(&node.right));
    }
}

fn coro(visit: impl Visit) -> u64 {
    visit.whole(walk(&TREE))
}

#[coro(recursive)]
fn walk_on_a_stack(tree: &Tree) -> impl Iterator<Item = u64> {
    if let Some(node) = tree {
        yield_from!(walk_on_a_stack(&node.left));
        yield_!(node.value);
        yield_from!(walk_on_a_stack(&node.right));
    }
}

fn coro_recursive(visit: impl Visit) -> u64 {
    visit.whole(walk_on_a_stack(&TREE))
}

/// Their states hold no references but the arguments.
#[diapause::coroutine(yield = u64)]
fn enumerated<'a>(tree: &'a Tree) {
    if tree.is_some() {
        let left: enumerated::State<'a> = enumerated(left_of(tree));
        yield_all!(box left);
        yield_!(tree.as_ref().map_or(0, |node| node.value));
        let right: enumerated::State<'a> = enumerated(right_of(tree));
        yield_all!(box right);
    }
}

fn left_of(tree: &Tree) -> &Tree {
    tree.as_ref().map_or(&None, |node| &node.left)
}

fn right_of(tree: &Tree) -> &Tree {
    tree.as_ref().map_or(&None, |node| &node.right)
}

fn diapause(visit: impl Visit) -> u64 {
    visit.whole(enumerated(&TREE).into_iter())
}

fn awaited(tree: &Tree) -> Box<dyn Iterator<Item = u64> + '_> {
    let items = genawaiter::rc::Gen::new(|co| async move {
        if let Some(node) = tree {
            for item in awaited(&node.left) {
                co.yield_(item).await;
            }
            co.yield_(node.value).await;
            for item in awaited(&node.right) {
                co.yield_(item).await;
            }
        }
    });
    Box::new(items.into_iter())
}

fn genawaiter_rc(visit: impl Visit) -> u64 {
    visit.whole(awaited(&TREE))
}

#[next_gen::generator(yield(u64))]
fn pinned(tree: &Tree) {
    if let Some(node) = tree {
        for item in pinned_box(&node.left) {
            yield_!(item);
        }
        yield_!(node.value);
        for item in pinned_box(&node.right) {
            yield_!(item);
        }
    }
}

fn pinned_box(tree: &Tree) -> Box<dyn Iterator<Item = u64> + '_> {
    next_gen::mk_gen!(let items = box pinned(tree));
    Box::new(items.into_iter())
}

fn next_gen(visit: impl Visit) -> u64 {
    visit.whole(pinned_box(&TREE))
}

fn streamed(tree: &Tree) -> Pin<Box<dyn Stream<Item = u64> + '_>> {
    Box::pin(async_stream::stream! {
        if let Some(node) = tree {
            for await item in streamed(&node.left) {
                yield item;
            }
            yield node.value;
            for await item in streamed(&node.right) {
                yield item;
            }
        }
    })
}

fn async_stream(visit: impl Visit) -> u64 {
    let items = pin!(streamed(&TREE));
    visit.visit(Polled(items), size_of::<Pin<Box<dyn Stream<Item = u64>>>>())
}

/// One coroutine, which recurses on its own stack.
fn suspend_in(tree: &Tree, yielder: &Yielder<(), u64>) {
    if let Some(node) = tree {
        suspend_in(&node.left, yielder);
        yielder.suspend(node.value);
        suspend_in(&node.right, yielder);
    }
}

fn corosensei(visit: impl Visit) -> u64 {
    visit.whole(Stackful::new(|yielder| suspend_in(&TREE, yielder)))
}
