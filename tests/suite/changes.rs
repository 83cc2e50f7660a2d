//! Borrows of what changes afterwards: they refer to what was there before.

use crate::harness::{D, log};
differential! {
    iterator reassigned_reference(html: &'static str) yields (&'static str) with ("abcdefgh") {
        let mut rest = html;
        let tag = &rest[1..3];
        rest = &rest[4..];
        yield_!("x");
        yield_!(tag);
        yield_!(rest);
    }
    iterator reassigned_reference_typed() yields (&'static str) {
        let mut rest: &'static str = "abcdefgh";
        let tag = &rest[1..3];
        rest = &rest[4..];
        yield_!("x");
        yield_!(tag);
        yield_!(rest);
    }
    iterator reassigned_reference_arg(mut rest: &'static str) yields (&'static str) with ("abcdefgh") {
        let tag = &rest[1..3];
        rest = &rest[4..];
        yield_!("x");
        yield_!(tag);
        yield_!(rest);
    }
    iterator reassigned_item(list: &'static [(i32, i32)]) yields (i32) with (&[(1, 2), (3, 4)]) {
        let mut cur = list.iter();
        let Some(mut at) = cur.next() else { return };
        let first = &at.0;
        at = cur.next().unwrap();
        yield_!(0);
        yield_!(*first);
        yield_!(at.0);
        let second = &at.1;
        match &at.0 { n => { at = &list[0]; yield_!(*n); yield_!(*n + 1); } }
        yield_!(at.0);
        yield_!(*second);
    }
    iterator reassigned_through_pattern(pair: (&'static [i32], i32)) yields (i32) with ((&[1, 2, 3], 4)) {
        let (mut s, _n) = pair;
        while let [first, ..] = s {
            let last = &s[s.len() - 1];
            s = &s[1..];
            yield_!(*first);
            yield_!(*last);
        }
        while let Some(f) = s.first() { let _ = f; yield_!(1); }
    }
}
#[derive(Debug, Clone, PartialEq)]
struct Lex<'a> {
    rest: &'a str,
    pos: usize,
    rows: Vec<Vec<i32>>,
}
differential! {
    iterator copy_then_change(mut list: Vec<i32>) yields (i32) with (vec![1, 2, 3]) {
        let &n = &list[1];
        list.clear();
        yield_!(0);
        yield_!(n);
        list.push(5);
        match &list[0] { &m => { list.insert(0, 9); yield_!(m); yield_!(m + 1); } }
        match list.get(1) { Some(&m) => { list.clear(); yield_!(m); yield_!(m + 2); } None => {} }
        let pairs = vec![(1, 'a'), (2, 'b')];
        for &(n, c) in &pairs { yield_!(n); log(c); yield_!(n * 2); }
        let mut k = 0;
        for &(n, c) in pairs.iter() { let _g = D("g"); k += n; yield_!(n); log(c); yield_!(k); }
    }
    iterator pair_changes() yields (i32) {
        let mut pair = (1, 2);
        let &(a, b) = &pair;
        pair = (5, 6);
        yield_!(a);
        yield_!(b);
        let (c, _) = &pair;
        yield_!(*c);
        pair.1 = 9;
        yield_!(pair.1);
        let (ref mut d, e) = pair;
        *d += 1;
        yield_!(e);
        *d += 1;
        yield_!(pair.0);
    }
    iterator field_reference_changes(text: &'static str) yields (&'static str) with ("abcdef") {
        let mut lex = Lex { rest: text, pos: 0, rows: vec![vec![1]] };
        let tag = &lex.rest[..2];
        lex.rest = &lex.rest[2..];
        yield_!("x");
        yield_!(tag);
        let row = &lex.rows[0];
        lex.pos += 1;
        yield_!("y");
        log(row[0]);
        yield_!(lex.rest);
    }
    iterator closure_of_a_reference(text: &'static str) yields (usize) with ("abcdef") {
        let mut rest = text;
        let f = |n: usize| rest[n..].len();
        rest = &rest[3..];
        yield_!(f(0));
        yield_!(f(1));
        yield_!(rest.len());
    }
    iterator loop_over_a_reference(list: &'static [i32]) yields (i32) with (&[1, 2, 3, 4]) {
        let mut rest = list;
        for n in rest { rest = &rest[1..]; yield_!(*n); yield_!(rest.len() as i32 * 100); }
        let mut rest = list;
        for n in rest.iter() { rest = &rest[1..]; yield_!(*n); yield_!(rest.len() as i32 * 100); }
        let mut rest = list;
        for (i, n) in rest[1..].iter().enumerate() { rest = &rest[1..]; yield_!(*n + i as i32); yield_!(rest.len() as i32 * 100); }
    }
    iterator owned_changes_after(n: usize) yields (usize) with (3) {
        let mut words = vec!["a".to_string()];
        for i in 0..n {
            let first = &words[0];
            yield_!(first.len());
            log(first);
            words = vec![format!("{first}{i}"), String::new()];
            for w in &words { yield_!(w.len()); if i == 1 { words = vec!["q".into()]; break } }
        }
        let mut name = String::from("x");
        let view = name.as_str();
        yield_!(view.len());
        name = view.repeat(3);
        yield_!(name.len());
    }
    iterator slices_walk(data: &[u8]) yields (Vec<u8>) with (&[2, 1, 1, 0, 1, 9]) {
        let mut rest = data;
        while let [len, tail @ ..] = rest {
            let n = *len as usize;
            if tail.len() < n { break }
            let body = &tail[..n];
            rest = &tail[n..];
            yield_!(body.to_vec());
            log(body.len());
        }
        yield_!(rest.to_vec());
    }
}
