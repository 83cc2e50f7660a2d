//! Boxes that patterns take out of types of the user's, and out of which a `*` moves.

use std::{fmt::Debug, ops::Deref, rc::Rc};

use crate::harness::{D, log, record};

enum Either<T, U> {
    Left(T),
    Right(U),
}

struct Pair<T>(T, T);

struct Wrap<T>(T);

/// What a `*` copies out of, and that has a drop.
struct Guard(u32);

impl Deref for Guard {
    type Target = u32;

    fn deref(&self) -> &u32 {
        &self.0
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        record("drop Guard".to_owned());
    }
}

enum Tree {
    Leaf(D),
    Counted(u32),
    Branch { left: Box<Tree>, right: Box<Tree> },
    Empty,
}

fn leaf(name: &'static str) -> Tree {
    Tree::Leaf(D(name))
}

fn branch(left: Tree, right: Tree) -> Tree {
    Tree::Branch {
        left: Box::new(left),
        right: Box::new(right),
    }
}

struct Node {
    name: D,
    next: Option<Box<Node>>,
}

fn boxed(name: &'static str) -> Box<D> {
    Box::new(D(name))
}

differential! {
    iterator boxes_that_a_let_takes_out(pair: Pair<Box<D>>, c: bool) yields (u32) with (Pair(boxed("a"), boxed("b")), true) {
        let Pair(a, b) = pair;
        yield_!(0);
        let x = *a;
        yield_!(1);
        if c { let y = *b; yield_!(2); log(y.name()) }
        yield_!(3);
        log(x.name());
    }

    iterator boxes_that_a_let_else_takes_out(one: Either<Box<D>, u32>, c: bool)
        yields (u32) with (Either::Left(boxed("a")), true) {
        let Either::Left(a) = one else { return };
        let t = D("t");
        yield_!(1);
        if c { drop(*a); yield_!(2); } else { yield_!(3); log(a.name()); drop(a) }
        yield_!(4);
    }

    iterator boxes_that_a_for_takes_out(list: Vec<Pair<Box<D>>>) yields (u32)
        with (vec![Pair(boxed("a"), boxed("b")), Pair(boxed("c"), boxed("d"))]) {
        for Pair(a, b) in list {
            let a = *a;
            yield_!(1);
            if a.name() == "a" { drop(*b); yield_!(2) } else { yield_!(3) }
            log(a.name());
        }
    }

    iterator boxes_that_alternatives_take_out(one: Either<Box<D>, Box<D>>) yields (u32) with (Either::Right(boxed("a"))) {
        match one {
            Either::Left(mut a) | Either::Right(mut a) => {
                *a = D("b");
                yield_!(1);
                let b = *a;
                yield_!(2);
                a = boxed("c");
                yield_!(3);
                log(b.name());
                drop(*a);
                yield_!(4)
            }
        }
        yield_!(5)
    }

    iterator boxes_that_get_a_value_again(x: Wrap<Box<D>>, y: Wrap<Box<D>>, c: bool) yields (u32)
        with (Wrap(boxed("x")), Wrap(boxed("y")), false) {
        let Wrap(x) = x;
        let Wrap(mut y) = y;
        if c { drop(*x); yield_!(1); } else { yield_!(2); y = x; yield_!(3); }
        yield_!(4);
        log(y.name());
        let last = *y;
        yield_!(5);
    }

    iterator copies_out_of_what_has_a_drop(x: Wrap<Guard>, list: Vec<Wrap<Guard>>, one: Either<Guard, Guard>) yields (u32)
        with (Wrap(Guard(1)), vec![Wrap(Guard(3)), Wrap(Guard(4))], Either::Right(Guard(6))) {
        let Wrap(x) = x;
        let n = *x;
        yield_!(n);
        log("x");
        for Wrap(y) in list { let n = *y; yield_!(n); log("y"); yield_!(n + 10); }
        match one { Either::Left(z) | Either::Right(z) => { let n = *z; yield_!(n); log("z"); yield_!(7) } }
    }

    iterator copies_that_are_taken_again(x: Wrap<Box<u32>>, y: Wrap<Rc<u32>>, z: Wrap<&mut u32>) yields (u32)
        with (Wrap(Box::new(1)), Wrap(Rc::new(2)), Wrap(&mut n)) given { let mut n = 3; } then { log(n) } {
        let (Wrap(x), Wrap(y), Wrap(z)) = (x, y, z);
        let n = *x;
        yield_!(n);
        yield_!(*x + *y);
        let n = *z;
        yield_!(n);
        *z += 1;
        yield_!(*z + *y);
    }

    iterator variants_behind_a_box(tree: Box<Tree>, other: Box<Tree>) yields (u32)
        with (Box::new(branch(branch(leaf("a"), leaf("b")), Tree::Counted(3))), Box::new(Tree::Empty)) {
        let older = D("older");
        match *tree {
            Tree::Leaf(leaf) => { yield_!(1); log(leaf.name()) }
            Tree::Counted(n) => yield_!(n),
            Tree::Branch { left, right } => {
                let between = D("between");
                let left: Box<Tree> = left;
                let right: Box<Tree> = right;
                if let Tree::Branch { left, right } = *left { yield_!(2); drop(right); yield_!(3); drop(left) }
                yield_!(4);
                if let Tree::Counted(n) = *right { yield_!(n) }
                log(between.name());
                yield_!(5)
            }
            Tree::Empty => {}
        }
        yield_!(6);
        match *other { Tree::Leaf(leaf) => { yield_!(7); log(leaf.name()) } _ => yield_!(8) }
        yield_!(9);
        log(older.name());
    }

    iterator variants_behind_boxes_of_a_list(root: Box<Tree>) yields (u32)
        with (Box::new(branch(leaf("a"), branch(Tree::Counted(2), branch(leaf("b"), Tree::Empty))))) {
        let mut stack = vec![root];
        while let Some(tree) = stack.pop() {
            let in_round = D("round");
            match *tree {
                Tree::Leaf(leaf) => { yield_!(leaf.name().len() as u32); log("leaf") }
                Tree::Counted(n) if n > 1 => { yield_!(n); log("counted") }
                Tree::Branch { left, right } => { stack.push(right); yield_!(0); stack.push(left); yield_!(1) }
                _ => yield_!(3),
            }
            yield_!(4);
            log(in_round.name());
        }
    }

    iterator variants_behind_boxes_of_options(first: Option<Box<Tree>>, list: Vec<Box<Tree>>) yields (u32)
        with (Some(Box::new(leaf("a"))), vec![Box::new(branch(leaf("b"), leaf("c"))), Box::new(Tree::Counted(1))]) {
        let Some(tree) = first else { return };
        let after = D("after");
        let Tree::Leaf(leaf) = *tree else { yield_!(1); return };
        yield_!(2);
        for tree in list {
            if let Tree::Branch { left, right } = *tree { yield_!(3); drop(right); yield_!(4); log("branch"); drop(left) }
            else { yield_!(5); log("other") }
            yield_!(6);
        }
        drop(leaf);
        yield_!(7);
        log(after.name());
    }

    iterator lists_of_boxes(mut node: Option<Box<Node>>) yields (u32)
        with (Some(Box::new(Node { name: D("a"), next: Some(Box::new(Node { name: D("b"), next: None })) }))) {
        while let Some(next) = node {
            let Node { name, next } = *next;
            yield_!(1);
            node = next;
            log(name.name());
            yield_!(2);
        }
        yield_!(3);
    }

    iterator boxed_again(mut tree: Box<Tree>) yields (u32) with (Box::new(branch(leaf("a"), Tree::Counted(2)))) {
        loop {
            let in_round = D("round");
            match *tree {
                Tree::Branch { left, right } => { tree = left; yield_!(1); log("right"); drop(right) }
                Tree::Leaf(leaf) => { yield_!(2); tree = Box::new(Tree::Counted(1)); log(leaf.name()) }
                Tree::Counted(n) => { yield_!(n); log(in_round.name()); break }
                Tree::Empty => return,
            }
            yield_!(3);
        }
        yield_!(4);
    }

    iterator cast_to_a_trait_object(n: u32) yields (u32) with (3) {
        let made = Box::new(D("made")) as Box<dyn Debug>;
        yield_!(1);
        let in_an_arm = match n {
            3 => Box::new(D("three")) as Box<dyn Debug>,
            _ => Box::new(n) as Box<dyn Debug>,
        };
        yield_!(2);
        let in_a_branch = if n == 3 { Rc::new(D("if")) as Rc<dyn Debug> } else { Rc::new(n) as _ };
        yield_!(n as u8 as u32);
        log("end");
    }

    iterator moved_by_a_cast(n: u32) yields (u32) with (3) {
        let boxed = Box::new(D("boxed"));
        let cast = boxed as Box<dyn Debug>;
        yield_!(1);
        let other = Box::new(D("other"));
        if n == 3 {
            let within = other as Box<dyn Debug>;
            yield_!(2);
        } else {
            drop(other);
        }
        yield_!(3);
        log("end");
    }
}
