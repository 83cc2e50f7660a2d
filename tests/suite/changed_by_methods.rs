//! Borrows of what a method may change, parts of patterns that borrow, and what is moved out of boxes in types of the user's.

use crate::harness::{D, v};

struct Lexer<'a> {
    rest: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    fn skip(&mut self, count: usize) {
        self.rest = &self.rest[count..];
        self.at += count;
    }

    fn word(&mut self) -> &'a str {
        let word = &self.rest[..2];
        self.skip(2);
        word
    }
}

struct Log {
    lines: Vec<D>,
    seen: std::cell::Cell<u32>,
}

impl Log {
    fn add(&self, n: u32) {
        self.seen.set(self.seen.get() + n);
    }
}

enum Tree {
    Leaf(D),
    Fork(Box<Tree>, Box<Tree>),
}

fn tree() -> Tree {
    let leaf = |name| Box::new(Tree::Leaf(D(name)));
    Tree::Fork(
        Box::new(Tree::Fork(leaf("a"), leaf("b"))),
        Box::new(Tree::Fork(leaf("c"), leaf("d"))),
    )
}

enum Op {
    Push(u32),
    Add(u32, u32),
}

struct Station {
    name: &'static str,
    next: Option<&'static Station>,
}

static TERMINUS: Station = Station {
    name: "terminus",
    next: None,
};
static START: Station = Station {
    name: "start",
    next: Some(&TERMINUS),
};

struct Route {
    at: &'static Station,
    passed: u32,
}

impl Route {
    fn go_on(&mut self) {
        self.at = self.at.next.unwrap_or(&TERMINUS);
        self.passed += 1;
    }
}

fn twice(n: u32) -> u32 {
    2 * n
}

differential! {
    iterator method_that_lets_it_refer_to_something_else(text: &'static str) yields (&'static str) with ("abcdefgh") {
        let mut lexer = Lexer { rest: text, at: 0 };
        let word = &lexer.rest[..2];
        lexer.skip(2);
        yield_!("0");
        yield_!(word);
        while lexer.rest.len() > 2 {
            let word = &lexer.rest[..2];
            let next = lexer.word();
            yield_!(word);
            yield_!(next);
        }
        yield_!(lexer.rest);
    }

    iterator method_of_an_argument(lexer: &mut Lexer<'static>) yields (&'static str)
        with (&mut lexer) given { let mut lexer = Lexer { rest: "abcdef", at: 0 }; }
    {
        let word = &lexer.rest[..2];
        lexer.skip(2);
        yield_!("0");
        yield_!(word);
        yield_!(lexer.rest);
    }

    iterator field_behind_what_a_method_changes() yields (&'static str) {
        let mut route = Route { at: &START, passed: 0 };
        let name = &route.at.name;
        route.go_on();
        yield_!("0");
        yield_!(name);
        yield_!(route.at.name);
    }

    iterator field_of_a_borrow_behind_what_a_method_changes() yields (&'static str) {
        let mut route = Route { at: &START, passed: 0 };
        let station = &route.at;
        let name = &station.name;
        route.go_on();
        yield_!("0");
        yield_!(name);
        yield_!(route.at.name);
    }

    iterator field_of_a_borrow_behind_what_is_assigned() yields (&'static str) {
        let mut route = Route { at: &START, passed: 0 };
        let station = &route.at;
        let name = &station.name;
        route.at = &TERMINUS;
        yield_!("0");
        yield_!(name);
        yield_!(route.at.name);
    }

    iterator pattern_behind_what_a_method_changes() yields (&'static str) {
        let mut route = Route { at: &START, passed: 0 };
        let Station { name, .. } = &route.at;
        route.go_on();
        yield_!("0");
        yield_!(name);
        while let Station { name, next: Some(next) } = &route.at {
            route.go_on();
            yield_!(name);
            yield_!(next.name);
        }
        yield_!(route.at.name);
        assert!(route.passed > 0);
    }

    iterator element_of_a_fixed_owner() yields (u32) {
        let log = Log { lines: vec![D("line")], seen: 1.into() };
        let line = &log.lines[0];
        log.add(2);
        yield_!(log.seen.get());
        yield_!(line.name().len() as u32);
    }

    iterator moved_out_of_boxes_in_variants() yields (&'static str) {
        let mut stack = vec![tree()];
        while let Some(tree) = stack.pop() {
            match tree {
                Tree::Leaf(n) => yield_!(n.name()),
                Tree::Fork(a, b) => {
                    stack.push(*b);
                    yield_!("fork");
                    stack.push(*a);
                }
            }
        }
    }

    iterator one_box_on_some_paths() yields (&'static str) {
        let mut next = Some(tree());
        while let Some(Tree::Fork(a, b)) = next.take() {
            if a.is_leaf() {
                next = Some(*a);
            } else {
                next = Some(*b);
            }
            yield_!("x");
        }
    }

    iterator copied_out_of_variants(ops: &'static [Op]) yields (u32) with (&[Op::Push(1), Op::Push(2), Op::Add(3, 4)]) {
        let mut stack = Vec::new();
        let mut at = 0;
        while let Some(op) = ops.get(at) {
            match op {
                Op::Push(n) => {
                    stack.push(*n);
                    yield_!(stack.len() as u32);
                    yield_!(*n);
                }
                Op::Add(a, b) => {
                    stack.push(*a + *b);
                    yield_!(stack[0]);
                    stack.push(*b);
                }
            }
            at += 1;
        }
    }

    iterator copied_out_of_what_is_lent(ops: &'static [Op]) yields (u32) with (&[Op::Push(1), Op::Add(3, 4)]) {
        for op in ops {
            match op {
                Op::Push(n) => {
                    yield_!(0);
                    yield_!(twice(*n));
                }
                Op::Add(a, b) => {
                    yield_!(twice(*a));
                    let sum = *a + twice(*b);
                    yield_!(sum);
                }
            }
        }
        let own = Op::Add(5, 6);
        if let Op::Add(a, b) = &own {
            yield_!(twice(*a));
            yield_!(twice(*b));
        }
    }

    iterator length_and_element(list: Vec<u32>, view: String) yields (u32) with (vec![1, 2], String::from("text")) {
        let (n, first) = (view.len(), &list[0]);
        yield_!(n as u32);
        let (name, second, third) = (v("name", D("name")), &list[1], &view);
        yield_!(*first + *second);
        yield_!(third.len() as u32 + name.name().len() as u32);
    }

    iterator slice_of_an_array() yields (u8) {
        let mut buffer = [1u8, 2];
        let bytes = &buffer as &[u8];
        yield_!(1);
        yield_!(bytes[0]);
        let bytes = &mut buffer as &mut [u8];
        bytes[0] = 7;
        yield_!(bytes[0]);
        yield_!(bytes[1]);
    }

    iterator trait_object_of_a_local(d: D) yields (String) with (D("d")) {
        let shown = &d as &dyn std::fmt::Debug;
        yield_!(String::new());
        yield_!(format!("{shown:?}"));
    }

    iterator changed_behind_the_loop(mut list: Vec<u32>) yields (u32) with (vec![1, 3, 5]) {
        for n in &list {
            yield_!(*n);
            if *n == 3 {
                list.push(7);
                break;
            }
        }
        yield_!(list.len() as u32);
        for n in list.iter_mut() {
            *n += 1;
            yield_!(*n);
        }
        list.clear();
        yield_!(list.len() as u32);
    }

    iterator walked_while_it_moves_on() yields (u32) {
        let mut list = [1, 2, 3].as_slice();
        for n in list.iter() {
            yield_!(*n);
            std::mem::take(&mut list);
            yield_!(list.len() as u32);
        }
    }
}

impl Tree {
    fn is_leaf(&self) -> bool {
        matches!(self, Tree::Leaf(_))
    }
}

trait Advance {
    fn advance(&mut self, count: usize);
}

impl Advance for &str {
    fn advance(&mut self, count: usize) {
        *self = &self[count..];
    }
}

fn text() -> &'static str {
    "abcdef"
}

differential! {
    iterator slice_that_moves_on() yields (&'static str) {
        let mut rest = text();
        let word = &rest[..2];
        rest.advance(2);
        yield_!("0");
        yield_!(word);
        yield_!(rest);
    }

    iterator list_that_is_looked_at() yields (usize) {
        let mut list = vec![1, 2];
        list.push(3);
        let first = &list[0];
        let at = list.binary_search(first).unwrap();
        yield_!(at);
        yield_!(*first as usize);
    }
}
