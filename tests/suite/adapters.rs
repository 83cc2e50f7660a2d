//! Loops over a local through adapters with a closure: they go by position, and the body does what the adapters do.

use std::collections::HashSet;

use crate::harness::{D, log, v};

differential! {
    iterator filtered(words: Vec<String>) yields (usize) with (vec!["a".to_owned(), String::new(), "bc".to_owned()]) {
        for w in words.iter().filter(|w| v("kept", !w.is_empty())) {
            let guard = D("guard");
            yield_!(w.len());
            log(w);
            log(guard.0);
        }
        yield_!(words.len());
    }

    iterator filtered_by_what_changes(words: Vec<String>) yields (usize)
        with (vec!["a".to_owned(), "b".to_owned(), "bc".to_owned()])
    {
        let mut seen = HashSet::new();
        for w in words.iter().filter(|w| seen.insert(w.len())) {
            yield_!(w.len());
            log(w);
        }
        yield_!(seen.len());
    }

    iterator counted(list: Vec<D>) yields (usize) with (vec![D("a"), D("b"), D("c")]) {
        for (i, d) in list.iter().enumerate().filter(|(i, d)| v("kept", i % 2 == 0 || d.0 == "x")) {
            yield_!(i);
            log(d.0);
            if i == 2 { continue; }
            yield_!(i + 10);
        }
    }

    iterator mapped(list: Vec<D>) yields (usize) with (vec![D("a"), D("bb"), D("ccc")]) {
        for n in list.iter().map(|d| v("length", d.0.len())) { yield_!(n); log(n); }
        for name in list.iter().map(|d| d.0) { yield_!(name.len()); log(name); }
        for (n, name) in list.iter().map(|d| (v("length", d.0.len()), &d.0)) { yield_!(n); log(n); log(name); }
        for n in list.iter().map(D::length) { yield_!(n); }
        for d in list.iter().map(|d| &d.0) { yield_!(d.len()); log(d); }
    }

    iterator made_of_items(list: Vec<D>) yields (usize) with (vec![D("a"), D("bb"), D("ccc")]) {
        for made in list.iter().map(|d| (D(d.0), D("made"))).filter(|made| v("kept", made.0.0.len() > 1)) {
            yield_!(made.0.0.len());
            log("still there");
        }
        for (made, other) in list.iter().map(|d| (D(d.0), D("other"))) { yield_!(made.0.len()); log(other.0); }
        for d in list.iter().map(|d| (D(d.0), D("gone"))).map(|(d, other)| { log(other.0); d }) { yield_!(d.0.len()); log("there"); }
    }

    iterator taken_while(list: Vec<u32>, n: u32) yields (u32) with (vec![1, 2, 5, 1], 3) {
        for x in list.iter().take_while(|x| v("below", **x < n)) { yield_!(*x); log(x); }
        for x in list.iter().map_while(|x| v("below", n.checked_sub(*x))) { yield_!(x); }
        for x in list.iter().filter(|x| **x > 1).take_while(|x| v("below", **x < n)) { yield_!(*x); }
        for x in list.iter().take_while(|x| **x < 4).filter(|x| v("above", **x > 1)) { yield_!(*x); }
        yield_!(list[0]);
    }

    iterator filtered_and_mapped(list: Vec<&'static str>) yields (u32) with (vec!["1", "x", "3", "4"]) {
        'all: for n in list.iter().filter_map(|s| v("parsed", s.parse::<u32>().ok())) {
            for m in list.iter().filter_map(|s| s.parse::<u32>().ok()).filter(|m| *m != n) {
                if m + n > 5 { continue 'all; }
                yield_!(m * 10 + n);
            }
            log(n);
        }
        for d in list.iter().filter_map(|s| (s.len() == 1).then(|| D(s))) { yield_!(d.0.len() as u32); log("held"); }
    }

    iterator names_of_the_outside(list: Vec<u32>, w: u32) yields (u32) with (vec![1, 5, 7], 4) {
        for &w in list.iter().filter(|n| **n > w) { yield_!(w); log(w); }
        for w in list.iter().map(|n| n + w) { yield_!(w); log(w); }
        let n = 100;
        for x in list.iter().map(|n| n * 2) { yield_!(x + n); }
        for item in list.iter().map(|(n)| u32::max(*n, n - 1)).filter(|item| *item > w) { yield_!(item); }
    }

    iterator names_in_strings(list: Vec<u32>, n: u32, item: u32, found: u32) yields (String) with (vec![1, 2], 100, 7, 8) {
        for x in list.iter().map(|n| n * 2) { yield_!(format!("{n} {x}")); log(x); }
        for x in list.iter().filter_map(|x| x.checked_sub(1)) { yield_!(format!("{item} {found} {x}")); }
        for x in list.iter().map(|n| n + 1).filter(|x| format!("{x}{n}") != "2100") { yield_!(format!("{x}")); }
    }

    iterator changed_through(list: Vec<(u32, D)>) yields (u32) with (vec![(1, D("a")), (2, D("b")), (3, D("c"))]) {
        let mut list = list;
        for (n, d) in list.iter_mut().filter(|x| x.0 > 1) { *n += 1; yield_!(*n); *n += 10; log(d.0); }
        for n in list.iter_mut().map(|x| &mut x.0) { *n += 1; yield_!(*n); }
        for n in list.iter().map(|(n, _)| *n).filter(|n| n % 2 == 0) { yield_!(n); }
    }

    iterator texts(text: String, skipped: char) yields (char) with ("aß1c".to_owned(), 'c') {
        for c in text.chars().filter(|&c| c != skipped).map(|c| c.to_ascii_uppercase()) { yield_!(c); log(c); }
        for (i, c) in text.char_indices().filter(|(i, _)| i % 2 == 1) { yield_!(c); log(i); }
        for b in text.bytes().filter(u8::is_ascii_digit).map(char::from) { yield_!(b); }
    }

    iterator parts(n: u32) yields (u32) with (3) {
        let list = [1, n, 2, 5];
        for d in list.windows(2).filter(|p| p[0] < p[1]).map(|p| p[1] - p[0]) { yield_!(d); }
        for s in list.chunks(3).map(|part| part.iter().sum()) { yield_!(s); }
        for x in list.iter().copied().rev().filter(|x| *x > 1) { yield_!(x); }
        for x in list.iter().cloned().map(|x| x * 2) { yield_!(x); }
    }
}

differential! {
    iterator owned_items_end_in_the_closure(list: Vec<Shown>) yields (usize) with (vec![Shown(1), Shown(2)]) {
        for n in list.iter().cloned().map(|shown| v("mapped", shown.0)) { yield_!(n); log("body"); }
        for shown in list.iter().cloned().filter(|shown| v("kept", shown.0 > 1)) { yield_!(shown.0); log("body"); }
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Shown(usize);

impl Drop for Shown {
    fn drop(&mut self) {
        log(format!("drop {}", self.0));
    }
}

impl D {
    fn length(&self) -> usize {
        self.0.len()
    }
}
