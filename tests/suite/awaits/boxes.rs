//! What is moved out of boxes that patterns bind.

use std::pin::Pin;
use std::rc::Rc;

use super::harness::{compare, later};
use crate::harness::{D, log};

enum Tree {
    Leaf(D),
    Pair(Box<Tree>, Box<Tree>),
    Counted(Rc<u32>, Box<u32>),
}

fn leaf(name: &'static str) -> Box<Tree> {
    Box::new(Tree::Leaf(D(name)))
}

fn tree() -> Tree {
    Tree::Pair(Box::new(Tree::Pair(leaf("a"), leaf("b"))), leaf("c"))
}

async fn take(tree: Tree) -> usize {
    match tree {
        Tree::Leaf(d) => later("leaf", d.name().len()).await,
        Tree::Pair(..) => later("pair", 10).await,
        Tree::Counted(..) => later("counted", 20).await,
    }
}

async fn number(n: u32) -> usize {
    later("number", n as usize).await
}

awaits! {
    of_a_stack(root: Box<Tree>) with (Box::new(tree())) -> usize {
        let mut n = 0;
        let mut stack = vec![root];
        while let Some(node) = stack.pop() {
            match *node {
                Tree::Leaf(d) => {
                    n += later("leaf", d.name().len()).await;
                    log(d.name());
                }
                Tree::Pair(left, right) => {
                    stack.push(right);
                    stack.push(left);
                    later("pair", ()).await;
                }
                Tree::Counted(..) => n += 1,
            }
        }
        n
    }
    of_a_stack_in_front_of_an_await(root: Box<Tree>) with (Box::new(tree())) -> usize {
        let mut n = 0;
        let mut stack = vec![root];
        while let Some(node) = stack.pop() {
            match *node {
                Tree::Leaf(d) => n += d.name().len(),
                Tree::Pair(left, right) => {
                    stack.push(right);
                    stack.push(left);
                }
                Tree::Counted(..) => break,
            }
            later("step", ()).await;
        }
        n
    }
}

/// Recursive functions have no place in `awaits!`: each stands here twice.
macro_rules! twins {
    ($(fn $name:ident($($arg:tt)*) -> $output:ty { $($body:tt)* } with $value:expr;)*) => {$(
        #[test]
        fn $name() {
            mod machine {
                #![allow(unused_imports, reason = "not each is used by all")]
                use super::*;
                #[unawait::coro]
                pub fn $name($($arg)*) -> Pin<Box<dyn Future<Output = $output>>> { $($body)* }
            }
            mod native {
                #![allow(unused_imports, reason = "not each is used by all")]
                use super::*;
                pub fn $name($($arg)*) -> Pin<Box<dyn Future<Output = $output>>> { Box::pin(async move { $($body)* }) }
            }
            compare(
                stringify!($name),
                &|plan| plan.drive(|| async { machine::$name($value).await }),
                &|plan| plan.drive(|| async { native::$name($value).await }),
            );
        }
    )*};
}

twins! {
    fn itself(tree: Tree) -> usize {
        let _guard = D("guard");
        match tree {
            Tree::Leaf(d) => later("leaf", d.name().len()).await,
            Tree::Pair(left, right) => {
                let left = itself(*left).await;
                let _younger = D("younger");
                left + itself(*right).await
            }
            Tree::Counted(..) => 0,
        }
    } with tree();
    fn one_of_them(tree: Tree) -> usize {
        match tree {
            Tree::Pair(left, right) => {
                let n = one_of_them(*left).await;
                later("between", ()).await;
                log("right is there");
                n + match *right {
                    Tree::Leaf(d) => d.name().len(),
                    _ => 0,
                }
            }
            _ => later("other", 1).await,
        }
    } with tree();
}

awaits! {
    others(tree: Tree) with (tree()) -> usize {
        match tree {
            Tree::Pair(left, right) => {
                let n = take(*left).await;
                later("between", ()).await;
                n + take(*right).await
            }
            Tree::Counted(..) | Tree::Leaf(_) => 0,
        }
    }
    counted(tree: Tree, other: Rc<u32>) with (Tree::Counted(rc.clone(), Box::new(7)), rc.clone())
        given { let rc = Rc::new(3); } -> usize {
        match tree {
            Tree::Counted(n, boxed) => {
                let first = number(*n).await;
                log(Rc::strong_count(&other));
                let second = number(*boxed).await;
                log(Rc::strong_count(&other));
                first + second
            }
            Tree::Pair(..) | Tree::Leaf(_) => 0,
        }
    }
    a_box(tree: Box<Tree>, n: Box<u32>) with (leaf("tree"), Box::new(4)) -> usize {
        let _guard = D("guard");
        let first = number(*n).await;
        let second = take(*tree).await;
        first + second + number(*n).await
    }
}
