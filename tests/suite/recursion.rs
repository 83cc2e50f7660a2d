//! Functions that delegate to themselves or to each other.

use unawait::coro;

use crate::harness::{D, take_log};

struct Tree {
    value: i32,
    children: Vec<Tree>,
}

fn tree() -> Tree {
    let leaf = |value| Tree {
        value,
        children: vec![],
    };
    Tree {
        value: 1,
        children: vec![
            Tree {
                value: 2,
                children: vec![leaf(3), leaf(4)],
            },
            leaf(5),
        ],
    }
}

#[coro]
fn preorder(tree: &Tree) -> Box<dyn Iterator<Item = i32> + '_> {
    yield_!(tree.value);
    for child in &tree.children {
        yield_from!(preorder(child));
    }
}

#[coro]
fn postorder(tree: Tree) -> Box<dyn Iterator<Item = i32>> {
    let Tree { value, children } = tree;
    for child in children {
        yield_from!(postorder(child));
    }
    yield_!(value);
}

#[coro]
fn explicitly_boxed(tree: &Tree, depth: usize) -> impl Iterator<Item = (usize, i32)> {
    yield_!((depth, tree.value));
    for child in &tree.children {
        let inner: Box<dyn Iterator<Item = (usize, i32)> + '_> = Box::new(explicitly_boxed(child, depth + 1));
        yield_from!(inner);
    }
}

#[coro]
fn hanoi(n: u32, from: char, to: char, by: char) -> Box<dyn Iterator<Item = (char, char)>> {
    if n > 0 {
        yield_from!(hanoi(n - 1, from, by, to));
        yield_!((from, to));
        yield_from!(hanoi(n - 1, by, to, from));
    }
}

#[coro]
fn even(n: u32, _guard: D) -> Box<dyn Iterator<Item = String>> {
    yield_!(format!("even {n}"));
    if n > 0 {
        yield_from!(odd(n - 1, D("odd")));
    }
}

#[coro]
fn odd(n: u32, _guard: D) -> Box<dyn Iterator<Item = String>> {
    yield_!(format!("odd {n}"));
    if n > 0 {
        yield_from!(even(n - 1, D("even")));
    }
}

#[test]
fn trees() {
    assert_eq!(preorder(&tree()).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!(postorder(tree()).collect::<Vec<_>>(), [3, 4, 2, 5, 1]);
    let with_depth: Vec<_> = explicitly_boxed(&tree(), 0).collect();
    assert_eq!(with_depth, [(0, 1), (1, 2), (2, 3), (2, 4), (1, 5)]);
}

#[test]
fn towers() {
    let moves: Vec<_> = hanoi(3, 'a', 'c', 'b').collect();
    assert_eq!(moves.len(), 7);
    let mut pegs = [vec![3, 2, 1], vec![], vec![]];
    for (from, to) in moves {
        let disk = pegs[from as usize - 'a' as usize].pop().unwrap();
        let peg = &mut pegs[to as usize - 'a' as usize];
        assert!(peg.last().is_none_or(|top| *top > disk));
        peg.push(disk);
    }
    assert_eq!(pegs[2], [3, 2, 1]);
}

#[test]
fn mutual() {
    let names: Vec<_> = even(3, D("even")).collect();
    assert_eq!(names, ["even 3", "odd 2", "even 1", "odd 0"]);
    take_log();
    let mut machine = even(5, D("first"));
    assert_eq!(machine.nth(2).unwrap(), "even 3");
    drop(machine);
    assert_eq!(take_log(), ["drop even", "drop odd", "drop first"]);
}
