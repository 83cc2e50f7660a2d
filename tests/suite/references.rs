//! References that walk, elements that change, loops by position and what they bind.

use crate::harness::{D, log};
use std::cell::Cell;
use std::collections::*;
#[derive(Debug, Clone, PartialEq)]
struct Item {
    name: String,
    n: i32,
    tags: Vec<i32>,
}
fn item(n: i32) -> Item {
    Item {
        name: format!("i{n}"),
        n,
        tags: vec![n, n + 1],
    }
}
#[derive(Debug, Clone, Copy, PartialEq)]
struct V2 {
    x: i32,
    y: i32,
}
static TABLE: [[i32; 3]; 2] = [[1, 2, 3], [4, 5, 6]];
differential! {
    iterator references_put_together() yields (usize) {
        let outer = D("outer");
        let r = &outer;
        {
            let inner = D("inner2");
            let both = (r, &inner);
            yield_!(both.0.0.len());
            let some = Some(both.1);
            yield_!(some.map_or(0, |d| d.0.len()));
            log(both.1.0);
        }
        yield_!(2);
        log(r.0);
    }
    iterator static_rows() yields (&'static i32) {
        let mut row = &TABLE[0];
        let first = &row[0];
        row = &TABLE[1];
        yield_!(&row[1]);
        yield_!(first);
        for r in &TABLE { row = r; yield_!(&row[2]); }
        yield_!(row.last().unwrap());
    }
    iterator copied_struct_changes() yields (i32) {
        let mut p = V2 { x: 1, y: 2 };
        let q = p;
        p.x = 10;
        let V2 { x, y } = p;
        p.y += x;
        yield_!(q.x);
        yield_!(x + y);
        let r = &p;
        yield_!(r.y);
        let V2 { x: ref a, .. } = p;
        yield_!(*a);
        p = V2 { x: 7, ..p };
        yield_!(p.x + p.y);
    }
    iterator match_ref_then_change() yields (i32) {
        let mut state = Some(V2 { x: 1, y: 2 });
        while let Some(V2 { x, y }) = &state {
            let (x, y) = (*x, *y);
            yield_!(x);
            state = if x < 4 { Some(V2 { x: x + y, y: x }) } else { None };
            yield_!(y);
        }
        match &mut state { Some(p) => p.x += 1, slot @ None => { *slot = Some(V2 { x: 0, y: 0 }); yield_!(-1); } }
        yield_!(state.map_or(9, |p| p.x));
    }
    iterator indexes_move_on(list: Vec<Item>) yields (String) with (vec![item(1), item(2), item(3)]) {
        let mut i = 0;
        while i < list.len() {
            let it = &list[i];
            i += 1;
            yield_!(it.name.clone());
            let tag = &it.tags[i % 2];
            i += (*tag > 3) as usize;
            yield_!(format!("{tag} {i}"));
            log(it.n);
        }
    }
    iterator two_levels(mut list: Vec<Item>) yields (i32) with (vec![item(1), item(2)]) {
        for it in &mut list {
            for tag in &mut it.tags { *tag *= 10; yield_!(*tag); it.n += *tag; }
            let n = &mut it.n;
            *n += 1;
            yield_!(*n);
            *n += 1;
        }
        yield_!(list.iter().map(|i| i.n).sum());
    }
    iterator chars_by_index(text: String) yields (char) with ("aé b".to_string()) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let rest = &text[at..];
            let c = rest.chars().next().unwrap();
            at += c.len_utf8();
            yield_!(c);
            log(rest.len());
        }
    }
    coroutine input_refs(words: &[&'static str]) takes (usize) [1, 0, 2] yields (&'static str) returns (usize) with (&["a", "bb", "ccc"]) {
        let mut at = words[0];
        let mut total = 0;
        loop {
            let i = yield_!(at);
            let prev = at;
            at = words[i];
            total += prev.len();
            let again = yield_!(prev);
            if again == 2 { return total + at.len() }
        }
    }
    iterator linked(n: usize) yields (usize) with (3) {
        struct Link { v: usize, next: Option<Box<Link>> }
        let mut head: Option<Box<Link>> = None;
        for v in 0..n { head = Some(Box::new(Link { v, next: head })); }
        let mut len = 0;
        while let Some(link) = head {
            yield_!(link.v);
            len += link.v;
            head = link.next;
        }
        yield_!(len);
    }
    iterator linked_by_ref(n: usize) yields (usize) with (3) {
        #[derive(Debug)] struct Link { v: usize, next: Option<Box<Link>> }
        fn build(n: usize) -> Option<Box<Link>> { if n == 0 { None } else { Some(Box::new(Link { v: n, next: build(n - 1) })) } }
        fn walk(list: &Option<Box<Link>>) -> Vec<usize> { let mut out = vec![]; let mut at = list; while let Some(l) = at { out.push(l.v); at = &l.next; } out }
        let list = build(n);
        for v in walk(&list) { yield_!(v); }
        let third = list.as_ref().map(|l| l.v).unwrap_or(0);
        yield_!(third);
    }
    iterator walk_arg['a](list: &'a [(&'a str, Vec<i32>)]) yields (&'a str) with (&list) given { let list = [("a", vec![1]), ("b", vec![2, 3])]; } {
        let mut longest: Option<&(&str, Vec<i32>)> = None;
        for entry in list {
            let (name, items) = entry;
            yield_!(name);
            if longest.is_none_or(|(_, l)| l.len() < items.len()) { longest = Some(entry); }
        }
        if let Some((name, items)) = longest { for _ in items { yield_!(name); } }
    }
    iterator array_of_guards() yields (usize) {
        let guards = [D("a"), D("b"), D("c")];
        let [a, b, c] = guards;
        yield_!(1);
        drop(b);
        yield_!(2);
        let _ = (a, c);
    }
    iterator vec_drain_and_retain(mut list: Vec<D>) yields (usize) with (vec![D("a"), D("b"), D("c"), D("d")]) {
        let mut kept: Vec<D> = list.drain(1..3).collect();
        yield_!(kept.len());
        list.retain(|d| d.name() != "a");
        yield_!(list.len());
        kept.append(&mut list);
        while let Some(d) = kept.pop() { yield_!(d.name().len() + kept.len()); }
    }
    iterator option_ref_dance() yields (i32) {
        let mut slot = Some(5);
        if let Some(n) = slot.as_mut() { *n += 1; }
        if let Some(n) = &mut slot { *n += 1; yield_!(*n); *n += 1; }
        if let Some(ref mut n) = slot { *n *= 2; yield_!(*n); }
        if let Some(n) = slot.take() { yield_!(n); }
        yield_!(slot.get_or_insert(3).clone());
        let n = slot.insert(8);
        *n += 1;
        yield_!(slot.unwrap_or(0));
    }
    coroutine closure_over_input() takes (i32) [3, 4, 5] yields (i32) returns (Vec<i32>) {
        let mut log_ = Vec::new();
        let mut record = |n: i32| { log_.push(n); n * 2 };
        let a = record(yield_!(0));
        let b = record(yield_!(a));
        let c = [a, b].map(|n| n + record(1));
        record(yield_!(c[1]));
        log_
    }
    iterator closure_returning_closure(k: i32) yields (i32) with (2) {
        let add = |a: i32| move |b: i32| a + b + k;
        let add3 = add(3);
        yield_!(add3(1));
        let adders: Vec<Box<dyn Fn(i32) -> i32>> = (0..2).map(|i| Box::new(add(i)) as Box<dyn Fn(i32) -> i32>).collect();
        for f in &adders { yield_!(f(10)); }
        yield_!(adders.iter().map(|f| f(0)).sum());
    }
    iterator cell_counts() yields (i32) {
        let n = Cell::new(0);
        let tick = || { n.set(n.get() + 1); n.get() };
        yield_!(tick());
        for _ in 0..2 { yield_!(tick() * 10); }
        let both = (tick(), tick());
        yield_!(both.0 + both.1);
        yield_!(n.replace(0));
        yield_!(tick());
    }
    iterator sort_steps(mut a: Vec<i32>) yields (Vec<i32>) with (vec![3, 1, 2]) {
        for i in 1..a.len() {
            let mut j = i;
            while j > 0 && a[j - 1] > a[j] { a.swap(j - 1, j); yield_!(a.clone()); j -= 1; }
        }
    }
    iterator quicksort(mut a: Vec<i32>) yields ((usize, Vec<i32>)) with (vec![3, 6, 1, 5, 2]) {
        let mut ranges = vec![0..a.len()];
        while let Some(r) = ranges.pop() {
            if r.len() < 2 { continue }
            let slice = &mut a[r.clone()];
            let (last, mut at) = (slice.len() - 1, 0);
            for i in 0..last { if slice[i] <= slice[last] { slice.swap(i, at); at += 1; } }
            slice.swap(at, last);
            let mid = r.start + at;
            ranges.extend([r.start..mid, mid + 1..r.end]);
            yield_!((mid, a.clone()));
        }
    }
    iterator matrix_mut(mut m: [[i32; 2]; 2]) yields (i32) with ([[1, 2], [3, 4]]) {
        for r in 0..2 { for c in 0..2 { let cell = &mut m[r][c]; *cell += 10; yield_!(*cell); *cell *= 2; } }
        let [[a, _], [_, d]] = m;
        yield_!(a + d);
        for row in m.iter_mut() { let [x, y] = row; std::mem::swap(x, y); yield_!(*x); *y = 0; }
        yield_!(m[0][0] + m[1][1]);
    }
    iterator split_text(text: String) yields (String) with ("k1=v1;k2=;=".into()) {
        let mut rest = text.as_str();
        let pairs: Vec<(String, String)> = std::iter::from_fn(|| { if rest.is_empty() { return None } let (head, tail) = rest.split_once(';').unwrap_or((rest, "")); rest = tail; head.split_once('=').map(|(k, v)| (k.to_string(), v.to_string())) }).collect();
        for (k, val) in pairs { if val.is_empty() { yield_!(format!("{k} has none")); continue } yield_!(k + "->" + &val); }
    }
    iterator labelled_for_by_position() yields (i32) {
        let grid = vec![vec![1, 2, 3], vec![4, 5, 6]];
        let found = 'search: { for (r, row) in grid.iter().enumerate() { for (c, cell) in row.iter().enumerate() { yield_!(*cell); if cell * 2 > 7 { break 'search Some((r, c)) } } } None };
        if let Some((r, c)) = found { yield_!(grid[r][c] * 100); }
    }
    iterator map_loops(mut counts: BTreeMap<&'static str, Vec<i32>>) yields (String) with (BTreeMap::from([("a", vec![1]), ("b", vec![2, 3])])) {
        counts.entry("c").or_default().push(4);
        let names: Vec<_> = counts.keys().copied().collect();
        for name in names {
            let Some(list) = counts.get_mut(name) else { continue };
            list.push(0);
            let n = list.len();
            yield_!(format!("{name}{n}"));
            if n > 2 { counts.remove(name); }
        }
        while let Some((k, l)) = counts.pop_first() { yield_!(format!("{k}:{l:?}")); }
    }
    coroutine guard_by_if_let_else() takes (Option<i32>) [Some(1), None] yields (usize) returns (&'static str) {
        let d = D("d");
        let r = if let Some(n) = yield_!(0) { let _e = D("e"); yield_!(n as usize); "some" } else { let _f = D("f"); "none" };
        let s = if let None = yield_!(d.name().len()) { r } else { "other" };
        s
    }
    iterator shadowed_borrow() yields (usize) {
        let s = String::from("hello world");
        let s = s.as_str();
        yield_!(s.len());
        let s = &s[6..];
        yield_!(s.len());
        let s = s.trim_start_matches('w');
        let n = s.len();
        yield_!(n);
    }
}
