//! Iterators in variables: what is next of them, what they lend, and what takes them.

use std::cell::Cell;

use crate::harness::{D, log, v};

fn nums(n: u32) -> impl Iterator<Item = u32> {
    0..n
}

differential! {
    iterator merge_sorted[A: IntoIterator<Item = u32>, B: IntoIterator<Item = u32>](a: A, b: B) yields (u32) with ([1, 4, 6], vec![2, 3, 9, 10]) {
        let mut a = a.into_iter().peekable();
        let mut b = b.into_iter().peekable();
        loop {
            match (a.peek(), b.peek()) {
                (Some(x), Some(y)) if x <= y => yield_!(a.next().unwrap()),
                (_, Some(_)) => yield_!(b.next().unwrap()),
                (Some(_), None) => { yield_from!(a); return; }
                (None, None) => return,
            }
        }
    }

    iterator merge_by_index(a: Vec<u32>, b: Vec<u32>) yields (u32) with (vec![1, 4, 6], vec![2, 3, 9, 10]) {
        let (mut i, mut j) = (0, 0);
        while i < a.len() && j < b.len() {
            if a[i] <= b[j] { yield_!(a[i]); i += 1; } else { yield_!(b[j]); j += 1; }
        }
        for &x in &a[i..] { yield_!(x); }
        for x in b[j..].iter().copied() { yield_!(x); }
    }

    iterator peek_match_next(a: Vec<u32>) yields (u32) with (vec![1, 5, 7]) {
        let mut a = a.into_iter().peekable();
        loop {
            match a.peek() { Some(x) if *x > 4 => { let y = a.next().unwrap(); yield_!(y); } Some(_) => { a.next(); yield_!(0); } None => break }
        }
    }

    iterator a_peek_of_the_users_with_a_guard() yields (u32) {
        struct G<'a>(&'a Cell<u32>); impl Drop for G<'_> { fn drop(&mut self) { log(format!("G {}", self.0.get())); } }
        struct L(Cell<u32>); impl L { fn peek(&self) -> Option<G<'_>> { log("peek"); (self.0.get() < 3).then(|| G(&self.0)) } }
        let c = Box::leak(Box::new(L(Cell::new(0))));
        let c: &'static L = c;
        while let Some(g) = c.peek() { c.0.set(c.0.get() + 1); yield_!(g.0.get()); }
        match c.peek() { Some(g) if g.0.get() > 9 => yield_!(1), Some(_) => yield_!(2), None => yield_!(3) }
    }

    iterator items_drop_in_a_loop_by_ref(list: Vec<D>) yields (usize) with (vec![D("a"), D("stop"), D("b"), D("c")]) {
        let mut it = list.into_iter();
        let _g = D("g");
        for d in it.by_ref() { let _t = D("t"); if d.name() == "stop" { break } yield_!(d.name().len()); log("round"); }
        yield_!(100);
        for d in &mut it { yield_!(d.name().len() + 10); if d.name() == "b" { break } }
        yield_!(200);
        log(it.len());
    }

    iterator labels_in_a_loop_by_ref(text: &str) yields (String) with ("a(b c)(d)e") {
        let mut chars = text.chars();
        'outer: while let Some(c) = chars.next() {
            if c != '(' { yield_!(c.to_string()); continue; }
            let mut group = String::new();
            for c in chars.by_ref() {
                match c { ')' => { yield_!(group); continue 'outer } ' ' => { yield_!(std::mem::take(&mut group)); continue } c => group.push(c) }
            }
            yield_!("unclosed".into());
            return;
        }
    }

    iterator another_iterator_after_a_loop_by_ref() yields (u32) {
        let mut a = vec![1, 2, 3].into_iter();
        for x in a.by_ref() { yield_!(x); if x == 2 { a = vec![7, 8].into_iter(); break; } }
        for x in &mut a { yield_!(x); }
        for x in a.by_ref() { yield_!(x); }
        yield_!(a.len() as u32);
    }

    iterator mutable_reference(list: Vec<u32>) yields (u32) with (vec![1, 2, 0, 3, 4]) {
        let mut it = list.into_iter().peekable();
        for x in &mut it { if x == 0 { break } yield_!(x); }
        yield_!(it.count() as u32);
    }

    iterator by_ref_of_an_argument(mut it: impl Iterator<Item = u32>) yields (u32) with (vec![1, 2, 0, 3, 4].into_iter()) {
        for x in it.by_ref() { if x == 0 { break } yield_!(x); }
        for x in it { yield_!(x + 10); }
    }

    iterator delegation_by_ref[I: Iterator<Item = u32>](mut it: I) yields (u32) with (vec![1, 2, 0, 3, 4].into_iter()) {
        let mut n = 0;
        yield_from!(it.by_ref());
        yield_!(n);
    }

    iterator delegation_by_ref_of_a_local(list: Vec<D>) yields (D) with (vec![D("a"), D("b")]) {
        let mut it = list.into_iter();
        yield_!(it.next().unwrap());
        let _d = D("d");
        yield_from!(it.by_ref());
        yield_from!(&mut it);
        log(it.next().is_none());
        yield_!(D("last"));
    }

    iterator cloned_elements(list: Vec<D>) yields (usize) with (vec![D("a"), D("bb")]) {
        for d in list.iter().cloned() { let _t = D("t"); yield_!(d.name().len()); }
        for (i, d) in list.iter().cloned().enumerate() { if i == 1 { break } yield_!(d.name().len() + i); log("x"); }
        for D(n) in list.iter() { yield_!(n.len()) }
        yield_!(list.len());
    }

    iterator largest_of_a_list(list: Vec<D>) yields (usize) with (vec![D("a"), D("bb")]) {
        if let Some(m) = list.iter().max() { yield_!(m.name().len()); log("in"); }
        match list.iter().map(|d| d.name()).min() { Some(m) => { yield_!(m.len()) } None => {} }
        match list.into_iter().max() { Some(m) if m.name().len() > 1 => { yield_!(m.name().len()); log("x") } _ => {} }
        yield_!(0);
    }

    iterator a_method_of_the_users_called_max() yields (usize) {
        struct Stats(D); impl Stats { fn max(&self) -> usize { self.0.name().len() } fn iter(&self) -> std::vec::IntoIter<usize> { vec![1, 3].into_iter() } }
        fn stats() -> Stats { Stats(D("stats")) }
        yield_!(stats().max());
        match stats().max() { n => { yield_!(n); } }
        match stats().iter().max() { Some(n) => { yield_!(n); } None => {} }
        let s = stats(); let n = s.max(); yield_!(n);
    }

    iterator merge_while_both(a: Vec<u32>, b: Vec<u32>) yields (u32) with (vec![1, 4], vec![2, 3, 9]) {
        let (mut a, mut b) = (a.into_iter().peekable(), b.into_iter().peekable());
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            if x < y { yield_!(a.next().unwrap()); } else { yield_!(b.next().unwrap()); }
        }
        for x in a.chain(b) { yield_!(x); }
    }

    iterator what_collections_lend() yields (u32) {
        let mut s = vec![3, 9, 4];
        while let Some(n) = s.last() {
            match n { 9 => { s.pop(); yield_!(90) } n if *n > 3 => { s.pop(); yield_!(1) } _ => { s.clear(); yield_!(2) } }
        }
        let mut q = std::collections::VecDeque::from([D("p"), D("q")]);
        while let Some(d) = q.front() { if d.name() == "p" { q.pop_front(); yield_!(7) } else { q.clear(); } }
        let mut m = std::collections::HashMap::from([(1, D("one"))]);
        match m.get(&1) { Some(d) if d.name().len() == 3 => { m.clear(); yield_!(m.len() as u32) } _ => {} }
        if let Some(d) = m.get_mut(&1) { *d = D("new"); yield_!(0) } else { m.insert(1, D("two")); yield_!(11) }
    }

    iterator a_heap_that_is_peeked() yields (u32) {
        let mut h = std::collections::BinaryHeap::from([3, 5, 1]);
        while let Some(top) = h.peek() { if *top < 3 { break } let x = h.pop().unwrap(); yield_!(x); }
        if let Some(mut t) = h.peek_mut() { *t += 1; }
        yield_!(h.into_iter().sum());
    }

    iterator iterators_of_a_tuple(a: Vec<D>, b: Vec<u32>) yields (usize) with (vec![D("a"), D("b")], vec![1]) {
        let (mut x, mut y) = (a.into_iter(), b.into_iter().chain([5]));
        let ((p, _q), r) = ((x.next(), D("q")), y.next());
        yield_!(r.unwrap() as usize);
        for (d, n) in x.zip(y) { yield_!(d.name().len() + n as usize); }
        yield_!(p.map_or(0, |p| p.name().len()));
    }

    iterator by_ref_of_unknown_iterators() yields (u32) {
        let mut it = nums(6);
        for x in it.by_ref() { yield_!(x); if x == 2 { break } }
        let mut r = nums(4);
        for x in r.by_ref() { yield_!(x); if x == 1 { break } }
        yield_from!(it.by_ref());
        yield_from!(r.by_ref());
    }

    iterator by_ref_of_arguments(a: &mut dyn Iterator<Item = u32>, mut b: &mut std::ops::Range<u32>, c: &mut std::vec::IntoIter<u32>) yields (u32) with (&mut x, &mut y, &mut z) given { let mut x = 0..3u32; let mut y = 4..9u32; let mut z = vec![1, 2].into_iter(); } then { log(y.len()) } {
        for n in &mut *a { yield_!(n); if n == 1 { break } }
        for n in b.by_ref() { yield_!(n); if n == 5 { break } }
        for n in &mut *c { yield_!(n) }
        for n in a { yield_!(n); }
        yield_!(b.next().unwrap());
    }

    coroutine panics_beside_iterators() takes (u32) [1, 2] yields (u32) returns (u32) {
        let a = D("a");
        let list = vec![v("e1", D("e1")), v("e2", D("e2"))];
        for d in list.iter().cloned() { let t = v("t", D("t")); yield_!(v("val", d.name().len() as u32)); log("after"); }
        let mut it = list.into_iter().peekable();
        while let Some(d) = it.peek() { let n = v("n", d.name().len() as u32); let x = it.next(); yield_!(n); log("drop x"); }
        for d in it.by_ref() { yield_!(9); }
        v("end", 1u32)
    }

    iterator options_are_no_iterators(mut list: Vec<D>) yields (usize) with (vec![D("a"), D("bb")]) {
        for d in &mut list { yield_!(d.name().len()); *d = D("new"); }
        for d in list.iter_mut().rev() { *d = D("n2"); }
        let mut opt = Some(D("opt"));
        for d in &mut opt { yield_!(d.name().len()); *d = D("o2"); }
        for d in &opt { yield_!(d.name().len()); }
        let mut last = list.iter().last().map(|d| d.name());
        for n in &mut last { yield_!(n.len()); }
        let mut o3 = list.pop();
        for d in &mut o3 { yield_!(d.name().len() + 7); *d = D("o3"); }
    }

    iterator methods_of_the_users_with_names_of_iterators() yields (usize) {
        struct C { d: D, list: Vec<u32> } impl C { fn count(&self) -> usize { self.list.len() } fn max(&self) -> u32 { 9 } fn is_some_and(&self, x: u32) -> bool { x > 1 } fn peek(&mut self) -> Option<D> { self.list.pop().map(|_| D("peeked")) } }
        let mut c = C { d: D("c"), list: vec![1, 2] };
        let n = c.count(); yield_!(n);
        let m = c.max(); yield_!(m as usize);
        while let Some(p) = c.peek() { yield_!(p.name().len()); log("r"); }
        if let Some(p) = c.peek() { yield_!(1) } else { yield_!(2) }
        log(c.d.name());
    }
}
