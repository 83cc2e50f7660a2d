//! A tuple that is matched, of new values beside borrows of locals: what the pattern finds in the latter is taken again.

use crate::harness::{D, log, v};

differential! {
    iterator what_the_first_leaves_is_kept(mut list: Vec<D>) yields (usize) with (vec![D("a"), D("b")]) {
        match (list.pop(), &list) {
            (Some(d), l) if l.len() == 1 => { yield_!(l.len()); log(d.name()); yield_!(l.len()); }
            (_, l) => { yield_!(l.len()); log("in"); }
        }
        yield_!(1);
        match (list.pop(), &list) {
            (Some(d), l) if l.len() == 1 => { yield_!(l.len()); log(d.name()); }
            (_, l) => { yield_!(l.len()); log("in"); yield_!(l.len()); }
        }
    }

    iterator the_borrow_is_left_too(mut list: Vec<D>) yields (usize) with (vec![D("a"), D("b")]) {
        match (list.pop(), list.len(), &list) {
            (_, n, _) => { yield_!(n); log("in"); }
        }
        match (v("new", D("new")), &list, v("younger", D("younger"))) {
            (_, l, younger) => { yield_!(l.len()); log(younger.name()); yield_!(l.len()); }
        }
        yield_!(1);
    }

    iterator conditions(mut list: Vec<D>, name: String, o: Option<D>) yields (usize)
        with (vec![D("a"), D("b")], "name".to_owned(), Some(D("o")))
    {
        let (d, l) = (list.pop(), &list);
        yield_!(l.len());
        log(d.is_some());
        if let (Some(d), n) = (list.pop(), name.as_str()) { yield_!(n.len()); log(d.name()); yield_!(n.len()); }
        if let (None, Some(d)) = (list.pop(), &o) { yield_!(d.0.len()); log(d.name()); yield_!(d.0.len()); }
        while let (None, Some(d), [..]) = (list.pop(), &o, &list[..]) { yield_!(d.0.len()); log(d.name()); list.push(D("n")); }
        let (Some(x), Some(d)) = (v("x", Some(D("x"))), &o) else { return };
        yield_!(d.0.len());
        log(x.name());
        yield_!(d.0.len());
    }

    iterator in_a_loop(mut a: Vec<u32>, b: Vec<u32>) yields (u32) with (vec![1, 2], vec![3, 4]) {
        loop {
            match (a.pop(), b.as_slice()) {
                (Some(x), [y, ..]) if x > 1 => { yield_!(x + y); yield_!(*y); }
                (Some(x), rest) => { yield_!(x + rest.len() as u32); yield_!(rest[0]); }
                (None, _) => break,
            }
        }
    }

    iterator with_the_name_of_the_list(mut list: Vec<D>) yields (usize) with (vec![D("a"), D("b")]) {
        match (list.pop(), &list) {
            (Some(d), list) => { yield_!(list.len()); log(d.name()); yield_!(list.len()); }
            (list, d) => { yield_!(d.len()); log(list.is_some()); yield_!(d.len()); }
        }
    }

    iterator changed_through(mut list: Vec<D>, mut n: u32) yields (u32) with (vec![D("a"), D("b")], 3) {
        match (list.pop(), &mut n) {
            (Some(d), m) => { *m += 1; yield_!(*m); *m += 1; log(d.name()); yield_!(*m); }
            (None, m) => { yield_!(*m); }
        }
        match (list.pop(), &mut list) {
            (Some(d), l) => { l.push(d); yield_!(l.len() as u32); l.push(D("c")); yield_!(l.len() as u32); }
            (_, l) => { l.clear(); yield_!(0); l.push(D("e")); }
        }
        yield_!(n);
    }

    iterator parts_of_the_borrow(mut list: Vec<D>, o: Option<(u32, D)>) yields (u32) with (vec![D("a"), D("b")], Some((4, D("o")))) {
        match (list.pop(), &o) {
            (d, Some((n, _))) => { yield_!(*n); log(d.is_some()); yield_!(n + 1); }
            (_, None) => yield_!(0),
        }
        match (list.pop(), &o, v("z", D("z"))) {
            (Some(d), Some((_, e)), _) => { yield_!(1); log(e.name()); log(d.name()); yield_!(2); }
            (_, None, z) => { yield_!(3); log(z.name()); }
            _ => yield_!(4),
        }
    }
}
