//! What is borrowed of a new value: a part of it, a reference to it, an element at an index.

use std::{cell::RefCell, fmt::Debug};

use crate::harness::{D, log, v};

differential! {
    iterator fields_that_are_matched() yields (u32) {
        fn mk(n: &'static str) -> (D, D) { log(n); (D("fst"), D("snd")) }
        struct W { a: D, b: D } impl Drop for W { fn drop(&mut self) { log("W") } }
        fn w() -> W { W { a: D("wa"), b: D("wb") } }
        match &mk("m").0 { d => { yield_!(1); log(d.name()); } }
        if let D(n) = &mk("i").1 { yield_!(n.len() as u32); log("x"); }
        match &w().a { d => { yield_!(2); log(d.name()); } }
        match &mut w().b { d if d.name() == "q" => {}, d => { *d = D("neu"); yield_!(3); } }
        if let "wa" = w().a.name() { yield_!(4); }
    }

    iterator elements_that_are_matched() yields (u32) {
        fn mk(n: &'static str) -> Vec<D> { log(n); vec![D("fst"), D("snd"), D("trd")] }
        if let [a, .., b] = &mk("m")[..] { yield_!(1); log(a.name()); yield_!(2); log(b.name()) }
        match &mk("n")[v("ix", 1)..] { [] => {} [one] => yield_!(1), [a, rest @ ..] => { yield_!(rest.len() as u32); log(rest[0].name()); } }
        match &mk("o")[v("ix2", 2)] { d => { yield_!(7); log(d.name()); } }
    }

    iterator slices_of_new_lists(text: &str) yields (String) with ("a b;c;d e f") {
        for part in text.split(';') {
            match &part.split(' ').collect::<Vec<_>>()[..] { [one] => yield_!(one.to_string()), [a, b] => { yield_!(a.to_string()); yield_!(b.to_string()); } [a, rest @ ..] => yield_!(format!("{a}{}", rest.len())), [] => {} }
            let [a, ..] = &part.chars().collect::<Vec<_>>()[..] else { continue };
            yield_!(a.to_string());
            while let [x, ..] = &part.bytes().skip(2).collect::<Vec<_>>()[..] { yield_!(x.to_string()); break }
        }
    }

    iterator elements_at_what_an_index_was(list: Vec<D>, mut i: usize) yields (usize) with (vec![D("x"), D("yy"), D("z")], 0) {
        match &list[{ i += 1; v("ix", i) }] { d => { yield_!(d.name().len()); log(d.name()); i += 1; yield_!(d.name().len() + i); } }
        if let [a, ..] = &list[v("from", i - 1)..] { yield_!(a.name().len()); i = 0; log(a.name()); yield_!(7) }
        match &list[i] { D(n) if n.len() == 9 => {}, D(n) => { i = 1; yield_!(n.len()); log(n); } }
    }

    iterator structs_of_references() yields (u32) {
        struct R<'a> { r: &'a D, n: u32 }
        fn mk(n: &'static str) -> D { log(n); D(n) }
        match (R { r: &mk("r"), n: 2 }) { R { r, n } => { yield_!(n); log(r.name()); } }
        if let (a, Some(b)) = (mk("o1").name(), Some(&mk("o2"))) { yield_!(b.name().len() as u32); log(a); }
        while let Some(x) = Some(mk("w")).as_ref().map(|d| d.name()) { yield_!(x.len() as u32); break; }
        if let Some(x) = &Some(mk("io")) && let D(n) = &mk("io2") { yield_!(n.len() as u32); log(x.name()) } else { yield_!(9) }
        if mk("c").name() == "c" && let Some(q) = mk("c2").name().chars().next() { yield_!(q as u32); }
    }

    iterator extended_temporaries() yields (u32) {
        fn mk(n: &'static str) -> Vec<D> { log(n); vec![D("x"), D("y"), D("z")] }
        { let x = &mk("l1")[1..]; yield_!(1); log(x[0].name()); }
        { let [a, rest @ ..] = &mk("l2")[..] else { return }; yield_!(2); log(a.name()); log(rest[0].name()); }
        { let n = mk("l3").len() as u32; yield_!(n); }
        { let Some(d) = &mk("l4").pop() else { return }; yield_!(3); log(d.name()); }
        { let (Some(d), n) = (mk("l5").pop(), mk("l6").len()) else { return }; yield_!(n as u32); log(d.name()); }
        { let x = { let v = mk("l7"); v.len() + mk("l8").len() }; yield_!(x as u32); }
        { let x = &&mk("l9"); yield_!(x.len() as u32); }
        { let x = (&mk("l10")[0]).name(); yield_!(x.len() as u32); }
    }

    iterator parts_that_are_iterated_over() yields (u32) {
        fn mk(n: &'static str) -> Vec<D> { log(n); vec![D("x"), D("y"), D("z")] }
        struct H { list: Vec<D>, d: D } fn h() -> H { H { list: mk("h"), d: D("hd") } }
        for d in &mk("f1") { yield_!(1); log(d.name()); }
        for d in mk("f2").iter() { yield_!(2); if d.name() == "y" { break } }
        for d in &mk("f3")[1..] { yield_!(3); log(d.name()); }
        for d in &h().list { yield_!(4); log(d.name()); }
        for (i, d) in mk("f5").into_iter().enumerate().skip(1) { yield_!(i as u32); log(d.name()); }
        for d in h().list.iter().cloned() { yield_!(7); log(d.name()); break }
        for x in mk("f6").iter().map(|d| d.name().len()).collect::<Vec<_>>() { yield_!(x as u32) }
    }

    iterator what_mem_take_gives(mut list: Vec<D>) yields (usize) with (vec![D("a"), D("b"), D("c")]) {
        for d in std::mem::take(&mut list) { yield_!(d.name().len()); list.push(D("new")); }
        match std::mem::take(&mut list).first() { Some(d) => { yield_!(d.name().len()); } None => {} }
        if let [a, ..] = &std::mem::replace(&mut list, vec![D("z")])[..] { yield_!(a.name().len()) }
        yield_!(list.len());
    }

    iterator coercions() yields (usize) {
        let d = D("long");
        let x: &dyn Debug = &d;
        yield_!(format!("{x:?}").len());
        let list: [Box<dyn Debug>; 2] = [Box::new(D("a")), Box::new(3)];
        for b in &list { yield_!(format!("{b:?}").len()); }
        let s: &str = &String::from("owned");
        yield_!(s.len());
        let f: &dyn Fn(usize) -> usize = &|n| n + d.name().len();
        yield_!(f(1));
        let arr: &[u8] = &[1, 2, 3];
        yield_!(arr.len());
        let c: std::borrow::Cow<str> = "cow".into();
        yield_!(c.len());
        let o: Option<&dyn Debug> = Some(&d);
        yield_!(o.is_some() as usize);
    }

    coroutine references_in_operands() takes (u32) [1, 2] yields (u32) returns (u32) {
        fn mk(n: &'static str) -> D { log(n); D(n) }
        fn use2(a: &&D, b: u32) -> u32 { log(a.name()); b }
        fn sl(a: &[&D], b: u32) -> u32 { log(a.len()); b }
        let a = use2(&&mk("a"), yield_!(1));
        let b = sl(&[&mk("b"), &mk("c")], yield_!(2));
        yield_!(use2(&&mk("d"), 3));
        yield_!(sl(&[&mk("e")], b));
        match use2(&&mk("f"), 4) { n => { yield_!(n); } }
        if use2(&&mk("g"), 5) > 1 { yield_!(6); }
        if let Some(n) = Some(use2(&&mk("h"), 7)) { yield_!(n); }
        let c = [use2(&&mk("i"), 8), yield_!(9)];
        let d = (&mk("j"), yield_!(10)).1;
        let e = (mk("k"), &&mk("l"), yield_!(11)).2;
        assert!(use2(&&mk("m"), 1) == yield_!(12) || true);
        let f = format!("{:?} {:?}", &&mk("n"), yield_!(13)).len() as u32;
        a + c[0] + d + e + f
    }

    iterator tuples_that_are_taken_apart(list: Vec<D>) yields (u32) with (vec![D("l")]) {
        fn mk(n: &'static str) -> D { log(n); D(n) }
        let (a, b) = (&list, mk("b"));
        yield_!(a.len() as u32);
        let (b2, c) = (mk("b2"), &b);
        yield_!(1); log(c.name()); log(b2.name());
        let (x, (y, z), w) = (&mk("x"), (mk("y"), 5), v("w", 1));
        yield_!(z + w); log(x.name());
        let (q, p, r) = (&mk("q"), mk("p"), &list[0]);
        yield_!(2); drop(p); yield_!(3); log(q.name()); log(r.name());
    }

    iterator structs_that_borrow(list: Vec<u32>) yields (u32) with (vec![3, 4]) {
        struct View<'a> { list: &'a [u32], from: usize } struct P<'a>(&'a Vec<u32>, u32);
        let view = View { list: &list, from: 1 };
        yield_!(view.list[view.from]);
        yield_!(view.list[0]);
        let p = P(&list, 7);
        yield_!(p.1 + p.0[0]);
        yield_!(list.len() as u32);
    }

    coroutine panics_beside_referents() takes (u32) [1, 2] yields (u32) returns (u32) {
        fn mk(n: &'static str) -> (D, D) { log(n); (D("fst"), D("snd")) }
        match &mk("m").0 { d => { v("in", 0); yield_!(1); v("in2", 0); } }
        let x = &&mk("rr").1;
        let y = v("y", 3) + yield_!(2);
        if let [a, ..] = &[mk("s1"), mk("s2")][v("ix", 1)..] { yield_!(v("q", 3)); log(a.0.name()); }
        let (p, q) = (&mk("p").0, v("q2", D("q2")));
        yield_!(v("z", 4));
        log(p.name()); log(x.name());
        y
    }

    coroutine elements_that_live_on() takes (usize) [1, 2, 3] yields (u32) returns (()) {
        fn mk(n: &'static str) -> Vec<D> { log(n); vec![D("x"), D("y"), D("z")] }
        { let d = &mk("at")[v("ix", 1)]; yield_!(1); log(d.name()); }
        { let d = &mut mk("mut")[v("ix", 2)]; yield_!(2); *d = D("new"); }
        { let s = &mk("to")[1..v("end", 3)]; yield_!(3); log(s.len()); }
        { let d = &mk("suspended")[yield_!(4) % 2]; yield_!(5); log(d.name()); }
        { let s = &mk("from")[yield_!(6) % 2..]; yield_!(7); log(s.len()); }
        { let (d, n) = (&mk("first")[v("ix", 0)], v("n", 8)); yield_!(n); log(d.name()); }
        { let Some(d) = Some(&mk("else")[v("ix", 2)]) else { return }; yield_!(9); log(d.name()); }
        { let n = &mk("field")[v("ix", 1)].0; yield_!(10); log(n); }
    }

    iterator what_a_star_dereferences_lives_on['a](cell: &'a RefCell<Vec<D>>) yields (usize) with (&cell)
        given { let cell = RefCell::new(vec![D("c0"), D("c1")]); } then { log(cell.try_borrow_mut().is_ok()) } {
        { let list = &*vec![D("x"), D("y")]; yield_!(list.len()); log(list[0].name()); }
        { let d = &*Box::new(D("boxed")); yield_!(1); log(d.name()); }
        { let n = &(*Box::new(D("field"))).0; yield_!(2); log(n); }
        { let list = &*cell.borrow(); yield_!(list.len()); log(cell.try_borrow_mut().is_ok()); log(list[0].name()); }
        { let list = &mut *cell.borrow_mut(); yield_!(list.len()); list.push(D("c2")); }
        { let (d, n) = (&cell.borrow()[v("ix", 1)], &*Box::new(3)); yield_!(*n); log(d.name()); }
        log(cell.try_borrow_mut().is_ok());
    }
}
