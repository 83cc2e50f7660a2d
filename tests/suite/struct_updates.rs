//! `Item { field: value, ..base }`: what it leaves of `base` drops where `base` does.

use crate::harness::{D, log, v};

#[derive(Debug)]
struct Pair {
    a: D,
    b: D,
}

#[derive(Debug)]
#[allow(dead_code, reason = "their drops are logged")]
struct Triple {
    n: u32,
    a: D,
    b: D,
}

#[derive(Debug, Clone)]
#[allow(dead_code, reason = "their drops are logged")]
struct Many {
    first: D,
    n: u32,
    second: D,
    third: D,
}

#[derive(Debug, Clone, Copy)]
struct Point {
    x: u32,
    y: u32,
}

fn make(name: &'static str) -> D {
    log(format!("new {name}"));
    D(name)
}

fn pair() -> Pair {
    Pair {
        a: make("a"),
        b: make("b"),
    }
}

fn many() -> Many {
    Many {
        first: make("first"),
        n: 1,
        second: make("second"),
        third: make("third"),
    }
}

differential! {
    iterator to_the_end() yields (usize) {
        let _older = D("older");
        let base = pair();
        let _younger = D("younger");
        let new = Pair { a: make("c"), ..base };
        yield_!(1);
        log(new.b.name());
        yield_!(2);
    }
    iterator of_an_argument(base: Pair, other: D) yields (usize) with (Pair { a: D("a"), b: D("b") }, D("other")) {
        let new = Pair { b: make("c"), ..base };
        yield_!(new.a.name().len());
        drop(new);
        yield_!(2);
    }
    iterator end_of_a_block() yields (usize) {
        let new = {
            let base = pair();
            let _guard = D("guard");
            let new = Pair { a: make("c"), ..base };
            yield_!(1);
            log("end of block");
            new
        };
        log("after");
        yield_!(new.a.name().len());
    }
    iterator end_of_a_block_at_once() yields (usize) {
        let new = {
            let base = pair();
            let new = Pair { a: make("c"), ..base };
            log("end of block");
            new
        };
        yield_!(new.a.name().len());
    }
    iterator in_a_loop() yields (usize) {
        for n in 0..3 {
            let base = pair();
            if n == 1 {
                continue;
            }
            let new = Pair { a: make("c"), ..base };
            yield_!(n);
            if n == 2 {
                break;
            }
            log(new.a.name());
        }
        log("end");
        yield_!(9);
    }
    iterator of_a_new_value() yields (usize) {
        let both = (Pair { a: make("c"), ..pair() }, yield_!(1));
        log(both.0.b.name());
        yield_!(Pair { b: make("d"), ..pair() }.a.name().len());
    }
    iterator of_a_new_value_in_a_scrutinee(early: bool) yields (usize) with (false) {
        match (Pair { a: make("c"), ..pair() }) {
            Pair { a: _, b } if early => yield_!(b.name().len()),
            _ => {
                yield_!(1);
                log("arm");
            }
        }
        yield_!(2);
    }
    iterator onto_itself() yields (usize) {
        let mut base = pair();
        for n in 0..2 {
            base = Pair { a: make("c"), ..base };
            yield_!(n);
            base = Pair { b: make("d"), ..base };
        }
        yield_!(base.a.name().len());
    }
    iterator after_the_part_is_gone() yields (usize) {
        let base = pair();
        let a = base.a;
        let new = Pair { a: make("c"), ..base };
        yield_!(a.name().len());
        yield_!(new.b.name().len());
    }
    iterator beside_numbers(base: Triple) yields (u32) with (Triple { n: 1, a: D("a"), b: D("b") }) {
        let new = Triple {
            n: v("n", 2),
            a: make("c"),
            ..base
        };
        yield_!(new.n);
        let newer = Triple { n: 3, ..new };
        yield_!(newer.n);
    }
    iterator of_copies(base: Point) yields (u32) with (Point { x: 1, y: 2 }) {
        for n in 0..2 {
            let point = Point { x: n, ..base };
            yield_!(point.x + point.y);
            yield_!(base.x);
        }
    }
    iterator on_one_path(c: bool) yields (u32) with (true) {
        let base = pair();
        let new = if c {
            Pair { a: make("c"), ..base }
        } else {
            yield_!(0);
            Pair { a: make("d"), ..base }
        };
        yield_!(1);
        log(new.a.name());
    }
    coroutine with_inputs(base: Pair) takes (D) [D("in1"), D("in2")] yields (u32) returns (usize)
        with (Pair { a: D("a"), b: D("b") })
    {
        let new = Pair { a: yield_!(1), ..base };
        let newer = Pair { b: yield_!(2), ..new };
        newer.a.name().len()
    }
}

// Several fields of a base are left: they drop in order of their declaration.
differential! {
    #[Clone]
    iterator several_to_the_end() yields (u32) {
        let base = many();
        let _younger = D("younger");
        let new = Many { third: make("c"), n: v("n", 2), first: make("a"), ..base };
        yield_!(1);
        yield_!(new.n);
    }
    iterator several_at_the_end_of_a_block() yields (u32) {
        let new = {
            let base = many();
            let _younger = D("younger");
            let new = Many { third: make("c"), second: make("b"), ..base };
            log("end of block");
            new
        };
        log("after");
        yield_!(new.n);
    }
    iterator several_with_paths_behind(c: bool) yields (u32) with (true) {
        for n in 0..2 {
            let base = many();
            let _younger = D("younger");
            let new = Many { third: make("c"), second: make("b"), ..base };
            if n == 1 && v("early", false) {
                return;
            }
            if c {
                yield_!(1);
            } else {
                yield_!(2);
                yield_!(3);
            }
            log(new.first.name());
        }
        log("end");
        yield_!(9);
    }
    iterator several_in_branches(c: bool) yields (u32) with (false) {
        let base = many();
        let _younger = D("younger");
        let new = if c {
            Many { third: make("c"), second: make("b"), ..base }
        } else {
            let base = base;
            yield_!(1);
            Many { first: make("a"), second: make("b"), ..base }
        };
        yield_!(new.n);
        log("end");
    }

    iterator a_variable_named_as_its_field(a: D) yields (u32) with (D("own")) {
        fn given(pair: Pair, n: u32) -> u32 { log(pair.a.name()); n }
        let n = given(Pair { a, ..pair() }, { yield_!(1); 2 });
        yield_!(n);
    }
}

#[unawait::coro]
fn printed(base: Many) -> impl Iterator<Item = u32> + std::fmt::Debug {
    let _new = Many {
        second: make("b"),
        first: make("a"),
        ..base
    };
    yield_!(1);
}

#[test]
fn what_is_left_can_be_printed() {
    let mut machine = printed(many());
    assert_eq!(machine.next(), Some(1));
    assert!(format!("{machine:?}").contains("Leftover(..)"), "{machine:?}");
}
