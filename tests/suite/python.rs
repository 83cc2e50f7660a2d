//! What CPython's tests of generators look at: recipes, `throw`, `finally`, delegation with a value.

use std::fmt::Debug;

use unawait::Coroutine;
use unawait::prelude::*;

use crate::harness::{D, log};

#[derive(Debug, Clone, PartialEq)]
enum Tree {
    Leaf(i32),
    Node(Box<Tree>, Box<Tree>),
}

struct Fin(&'static str);

impl Drop for Fin {
    fn drop(&mut self) {
        crate::harness::record(format!("finally {}", self.0));
    }
}

fn fails(b: bool) -> Result<u32, String> {
    log("fails");
    if b { Err("err".into()) } else { Ok(1) }
}

differential! {
    // python
    iterator fib_pair(n: u32) yields (u32) with (8) {
        let (mut a, mut b) = (1, 1);
        for _ in 0..n {
            yield_!(b);
            (a, b) = (b, a + b);
        }
    }
    iterator conjoin(sets: Vec<Vec<u32>>) yields (Vec<u32>) with (vec![vec![1, 2], vec![3], vec![4, 5]]) {
        let mut at = vec![0usize; sets.len()];
        'all: loop {
            yield_!(at.iter().zip(&sets).map(|(i, s)| s[*i]).collect());
            for k in (0..sets.len()).rev() {
                at[k] += 1;
                if at[k] < sets[k].len() {
                    continue 'all;
                }
                at[k] = 0;
            }
            break;
        }
    }
    iterator merge(mut a: Vec<u32>, mut b: Vec<u32>) yields (u32) with (vec![9, 5, 1], vec![8, 5, 2]) {
        let mut x = a.pop();
        let mut y = b.pop();
        while let (Some(p), Some(q)) = (x, y) {
            if p < q {
                yield_!(p);
                x = a.pop();
            } else if q < p {
                yield_!(q);
                y = b.pop();
            } else {
                yield_!(p);
                x = a.pop();
                y = b.pop();
            }
        }
        while let Some(p) = x {
            yield_!(p);
            x = a.pop();
        }
        while let Some(q) = y {
            yield_!(q);
            y = b.pop();
        }
    }
    iterator sieve() yields (u32) {
        let mut primes: Vec<u32> = Vec::new();
        for n in 2..40 {
            if primes.iter().all(|p| n % p != 0) {
                primes.push(n);
                yield_!(n);
            }
        }
    }
    coroutine accumulate() takes (Option<i32>) [Some(3), Some(4), None] yields (i32) returns (String) {
        let mut total = 0;
        while let Some(n) = yield_!(total) {
            total += n;
        }
        format!("total {total}")
    }
    coroutine delegates_return() takes (u32) [1, 2, 3, 4] yields (u32) returns (u32) {
        #[coro]
        fn inner(k: u32) -> impl Coroutine<u32, Yield = u32, Return = u32> {
            let a = yield_!(k);
            let b = yield_!(k + 1);
            a * 10 + b
        }
        let x = yield_from!(inner(1));
        let y = yield_from!(inner(x)) + yield_!(99);
        x + y
    }
    coroutine gen_finally() takes (Result<u32, String>) [Ok(1), Err("thrown".to_string()), Ok(3)] yields (u32)
        returns (Result<u32, String>)
    {
        let _f = Fin("outer");
        let mut n = 0;
        for i in 0..3 {
            let _g = Fin("inner");
            n += yield_!(i)?;
        }
        Ok(n)
    }
    coroutine gen_catch() takes (Result<u32, String>) [Ok(1), Err("thrown".to_string()), Ok(3), Ok(4)] yields (u32)
        returns (String)
    {
        let mut n = 0;
        loop {
            match yield_!(n) {
                Ok(k) if k > 3 => break format!("big {k}"),
                Ok(k) => n += k,
                Err(e) => {
                    let _f = Fin("handler");
                    log(&e);
                    n += yield_!(100).unwrap_or(7);
                }
            }
        }
    }
    coroutine yield_in_finally(b: bool) takes (u32) [1, 2] yields (u32) returns (Result<u32, String>) with (true) {
        let r = 'attempt: {
            let _f = Fin("try");
            match fails(b) {
                Ok(n) => break 'attempt Ok(yield_!(n)),
                Err(e) => Err(e),
            }
        };
        yield_!(7);
        let r = r?;
        Ok(r)
    }
    iterator tree_iter() yields (i32) {
        let tree = Tree::Node(
            Box::new(Tree::Node(Box::new(Tree::Leaf(1)), Box::new(Tree::Leaf(2)))),
            Box::new(Tree::Leaf(3)),
        );
        let mut stack = vec![tree];
        while let Some(t) = stack.pop() {
            match t {
                Tree::Leaf(n) => yield_!(n),
                Tree::Node(a, b) => {
                    stack.push(*b);
                    stack.push(*a);
                }
            }
        }
    }
    iterator queens_like(n: usize) yields (Vec<usize>) with (4) {
        let mut cols: Vec<usize> = vec![];
        let mut next = 0;
        loop {
            if next == n {
                let Some(c) = cols.pop() else { break };
                next = c + 1;
                continue;
            }
            let row = cols.len();
            if cols
                .iter()
                .enumerate()
                .any(|(r, &c)| c == next || row - r == next.abs_diff(c))
            {
                next += 1;
                continue;
            }
            cols.push(next);
            next = 0;
            if cols.len() == n {
                yield_!(cols.clone());
                next = cols.pop().unwrap() + 1;
            }
        }
    }
    iterator flatten(lists: Vec<Vec<D>>) yields (D) with (vec![vec![D("a"), D("b")], vec![], vec![D("c")]]) {
        for l in lists {
            for d in l {
                yield_!(d);
            }
            log("list");
        }
    }
    iterator chunks(v: Vec<u32>, n: usize) yields (Vec<u32>) with (vec![1,2,3,4,5], 2) {
        let mut part = Vec::with_capacity(n);
        for x in v {
            part.push(x);
            if part.len() == n {
                yield_!(std::mem::take(&mut part));
            }
        }
        if !part.is_empty() {
            yield_!(part);
        }
    }
    iterator windows2[T: Clone + Debug](it: impl IntoIterator<Item = T>) yields ((T, T)) with ([1, 2, 3, 4]) {
        let mut it = it.into_iter();
        let Some(mut prev) = it.next() else { return };
        for x in it {
            yield_!((prev, x.clone()));
            prev = x;
        }
    }
    iterator dedup[T: PartialEq + Debug, I: Iterator<Item = T>](it: I) yields ((usize, T))
        with ([1, 1, 2, 2, 2, 3].into_iter())
    {
        let mut it = it.peekable();
        while let Some(x) = it.next() {
            let mut n = 1;
            while it.next_if(|y| *y == x).is_some() {
                n += 1;
            }
            yield_!((n, x));
        }
    }
    iterator interleave(a: Vec<D>, b: Vec<D>) yields (D) with (vec![D("a1"), D("a2"), D("a3")], vec![D("b1")]) {
        let (mut a, mut b) = (a.into_iter(), b.into_iter());
        loop {
            match (a.next(), b.next()) {
                (None, None) => break,
                (x, y) => {
                    if let Some(x) = x {
                        yield_!(x);
                    }
                    if let Some(y) = y {
                        yield_!(y);
                    }
                }
            }
        }
    }
    iterator tokens['a](text: &'a str) yields (&'a str) with ("ab 12+c3 ") {
        let mut start = None;
        for (i, c) in text.char_indices() {
            match (start, c.is_alphanumeric()) {
                (None, true) => start = Some(i),
                (Some(s), false) => {
                    yield_!(&text[s..i]);
                    start = None;
                    if !c.is_whitespace() {
                        yield_!(&text[i..i + c.len_utf8()]);
                    }
                }
                _ => {}
            }
        }
        if let Some(s) = start {
            yield_!(&text[s..]);
        }
    }
}
