//! Patterns of arrays that take some elements and leave others.

use crate::harness::{D, log, v};

differential! {
    iterator ends([a, .., b]: [D; 5], c: D) yields (u32) with ([D("a"), D("x"), D("y"), D("z"), D("b")], D("c")) {
        yield_!(1);
        drop(a);
        yield_!(2);
    }
    iterator wild([a, _, _, b]: [D; 4], c: D) yields (u32) with ([D("a"), D("x"), D("y"), D("b")], D("c")) {
        yield_!(1);
        drop(a);
        yield_!(2);
    }
    iterator rest_wild([a, rest @ .., _, z]: [D; 5], c: D) yields (u32) with ([D("a"), D("x"), D("y"), D("b"), D("z")], D("c")) {
        yield_!(1);
        drop(rest);
        yield_!(2);
    }
    iterator rest_wild2([a, rest @ .., _, z]: [D; 5], c: D) yields (u32) with ([D("a"), D("x"), D("y"), D("b"), D("z")], D("c")) {
        yield_!(1);
        yield_!(rest.len() as u32);
    }
    iterator tuple((n, [.., b]): (D, [D; 3]), c: D) yields (u32) with ((D("n"), [D("a"), D("x"), D("b")]), D("c")) {
        yield_!(1);
        drop(n);
        yield_!(2);
    }
    iterator tuple2((_, [.., b]): (D, [D; 3]), c: D) yields (u32) with ((D("n"), [D("a"), D("x"), D("b")]), D("c")) {
        yield_!(1);
        drop(b);
        yield_!(2);
    }
    iterator calls() yields (u32) {
        let y = D("y");
        let [a, .., b] = v("made", [D("a"), D("x"), D("y"), D("b")]);
        let z = D("z");
        yield_!(1);
        drop(a);
        yield_!(2);
    }
    iterator matches() yields (u32) {
        match v("made", [D("a"), D("x"), D("y"), D("b")]) {
            [a, .., b] if a.name().len() == 1 => {
                yield_!(1);
                drop(a);
                yield_!(2);
            }
            [a, ..] => yield_!(9),
        }
        yield_!(3);
    }
    iterator calls_opt() yields (u32) {
        if let Some([a, .., b]) = v("made", Some([D("a"), D("x"), D("b")])) {
            yield_!(1);
            drop(b);
            yield_!(2);
        }
        yield_!(3);
    }
    iterator let_else() yields (u32) {
        let Some([a, .., b]) = v("made", Some([D("a"), D("x"), D("b")])) else {
            return;
        };
        yield_!(1);
        drop(b);
        yield_!(2);
    }
    iterator pairs() yields (u32) {
        for [a, .., b] in [[D("a"), D("x"), D("b")], [D("c"), D("y"), D("d")]] {
            yield_!(1);
            drop(b);
            yield_!(2);
        }
        yield_!(3);
    }
    iterator values_of_pop(mut list: Vec<[D; 2]>) yields (u32) with (vec![[D("a"), D("b")], [D("c"), D("d")]]) {
        while let Some([a, _]) = list.pop() {
            yield_!(1);
            drop(a);
            yield_!(2);
        }
        yield_!(3);
    }
    iterator slices(list: &[D]) yields (usize) with (&list) given { let list = vec![D("a"), D("b"), D("c")]; } {
        match list {
            [] => yield_!(0),
            [one] => yield_!(one.name().len()),
            [first, .., last] => {
                yield_!(first.name().len());
                yield_!(last.name().len());
            }
        }
    }
    iterator slices_rest(list: &[D]) yields (usize) with (&list) given { let list = vec![D("a"), D("b"), D("c")]; } {
        let mut list = list;
        while let [first, rest @ ..] = list {
            yield_!(first.name().len());
            list = rest;
            yield_!(list.len());
        }
    }
    iterator muts(list: &mut [u32]) yields (u32) with (&mut list) given { let mut list = vec![1, 2, 3]; } then { log(format!("{list:?}")) } {
        if let [first, .., last] = list {
            yield_!(*first);
            std::mem::swap(first, last);
            yield_!(*last);
            *first += 1;
        }
    }
    iterator side_by_side([a, _, .., b]: [D; 5], c: D) yields (u32) with ([D("a"), D("x"), D("y"), D("z"), D("b")], D("c")) {
        yield_!(1);
        drop(a);
        yield_!(2);
    }
    iterator within_one([(a, _), b]: [(D, D); 2], c: D) yields (u32) with ([(D("a"), D("x")), (D("y"), D("b"))], D("c")) {
        yield_!(1);
        drop(a);
        yield_!(2);
    }
}
