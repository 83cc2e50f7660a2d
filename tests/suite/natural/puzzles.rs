//! Puzzles, searches, small protocols and the values that they carry.

use crate::harness::{D, log, v};
use std::collections::*;
use std::rc::Rc;
#[derive(Debug, Clone, PartialEq)]
enum Tok {
    Num(i64),
    Op(char),
    Open,
    Close,
}
#[derive(Debug)]
#[allow(dead_code, reason = "printed")]
struct E1(String);
impl From<std::num::ParseIntError> for E1 {
    fn from(e: std::num::ParseIntError) -> E1 {
        log("from");
        E1(e.to_string())
    }
}
impl From<&str> for E1 {
    fn from(e: &str) -> E1 {
        E1(e.to_owned())
    }
}
differential! {
    iterator tokens(src: &'static str) yields (Tok) with ("12+(3*4)-5") {
        let mut chars = src.chars().peekable();
        while let Some(&c) = chars.peek() {
            let tok = match c {
                '0'..='9' => { let mut n = 0; while let Some(d) = chars.peek().and_then(|c| c.to_digit(10)) { n = n * 10 + i64::from(d); chars.next(); } yield_!(Tok::Num(n)); continue }
                '(' => Tok::Open, ')' => Tok::Close, op => Tok::Op(op),
            };
            chars.next();
            yield_!(tok);
        }
    }
    coroutine rpn() takes (Tok) [Tok::Num(3), Tok::Num(4), Tok::Op('+'), Tok::Op('*'), Tok::Open] yields (usize) returns (Result<i64, E1>) {
        let mut stack: Vec<i64> = vec![];
        loop {
            match yield_!(stack.len()) {
                Tok::Num(n) => stack.push(n),
                Tok::Op(op) => { let (b, a) = (stack.pop().ok_or("empty b")?, stack.pop().ok_or("empty a")?); stack.push(match op { '+' => a + b, '*' => a * b, _ => return Err(E1(op.to_string())) }); }
                Tok::Open | Tok::Close => break,
            }
        }
        stack.pop().ok_or_else(|| E1::from("nothing"))
    }
    coroutine parse_all() takes (&'static str) ["1", "2", "x"] yields (i64) returns (Result<Vec<i64>, E1>) {
        let mut all = Vec::new();
        while all.len() < 3 { let n: i64 = yield_!(all.iter().sum()).parse()?; let _d = D("d"); all.push(n); }
        Ok(all)
    }
    iterator hanoi(n: u32) yields ((char, char)) with (3) {
        let mut stack = vec![(n, 'a', 'b', 'c')];
        while let Some((n, from, via, to)) = stack.pop() {
            if n == 1 { yield_!((from, to)); continue }
            stack.extend([(n - 1, via, from, to), (1, from, via, to), (n - 1, from, to, via)]);
        }
    }
    iterator zigzag(n: usize) yields ((usize, usize)) with (4) {
        for d in 0..2 * n - 1 {
            let low = d.saturating_sub(n - 1);
            let high = d.min(n - 1);
            if d % 2 == 0 { for i in (low..=high).rev() { yield_!((i, d - i)); } } else { for i in low..=high { yield_!((i, d - i)); } }
        }
    }
    iterator look_and_say() yields (String) {
        let mut s = "1".to_string();
        loop {
            yield_!(s.clone());
            let b = s.as_bytes();
            let mut next = String::new();
            let mut i = 0;
            while i < b.len() { let j = (i..b.len()).find(|&j| b[j] != b[i]).unwrap_or(b.len()); next += &format!("{}{}", j - i, b[i] as char); i = j; }
            s = next;
        }
    }
    iterator combos(items: Vec<char>, k: usize) yields (String) with ("abcd".chars().collect(), 2) {
        let n = items.len();
        let mut idx: Vec<usize> = (0..k).collect();
        loop {
            yield_!(idx.iter().map(|&i| items[i]).collect());
            let Some(i) = (0..k).rev().find(|&i| idx[i] != i + n - k) else { return };
            idx[i] += 1;
            for j in i + 1..k { idx[j] = idx[j - 1] + 1; }
        }
    }
    iterator product(lists: Vec<Vec<u8>>) yields (Vec<u8>) with (vec![vec![1, 2], vec![3], vec![4, 5]]) {
        let mut at = vec![0; lists.len()];
        'all: loop {
            yield_!(lists.iter().zip(&at).map(|(l, &i)| l[i]).collect());
            for (i, n) in at.iter_mut().enumerate().rev() { *n += 1; if *n < lists[i].len() { continue 'all } *n = 0; }
            break
        }
    }
    iterator kmp(text: &'static [u8], pat: &'static [u8]) yields (usize) with (b"aabaabaaab", b"aab") {
        let mut fail = vec![0; pat.len()];
        for i in 1..pat.len() { let mut k: usize = fail[i - 1]; while k > 0 && pat[k] != pat[i] { k = fail[k - 1]; } fail[i] = k + (pat[k] == pat[i]) as usize; }
        let mut k = 0;
        for (i, c) in text.iter().enumerate() {
            while k > 0 && pat[k] != *c { k = fail[k - 1]; }
            if pat[k] == *c { k += 1; }
            if k == pat.len() { yield_!(i + 1 - k); k = fail[k - 1]; }
        }
    }
    iterator topo(deps: BTreeMap<char, Vec<char>>) yields (Result<char, Vec<char>>) with (BTreeMap::from([('a', vec!['b', 'c']), ('b', vec!['c']), ('c', vec![]), ('x', vec!['y']), ('y', vec!['x'])])) {
        let mut left = deps;
        while !left.is_empty() {
            let ready: Vec<char> = left.iter().filter(|(_, d)| d.iter().all(|x| !left.contains_key(x))).map(|(k, _)| *k).collect();
            if ready.is_empty() { yield_!(Err(left.into_keys().collect())); return }
            for k in ready { left.remove(&k); yield_!(Ok(k)); }
        }
    }
    coroutine turnstile() takes (&'static str) ["push", "coin", "coin", "push", "kick"] yields (&'static str) returns (u32) {
        let mut coins = 0;
        let mut event = yield_!("locked");
        'locked: loop {
            while event != "coin" { if event == "kick" { break 'locked } event = yield_!("locked!"); }
            coins += 1;
            event = yield_!("open");
            loop { match event { "push" => { event = yield_!("locked"); continue 'locked } "kick" => break 'locked, _ => { coins += 1; event = yield_!("thanks"); } } }
        }
        coins
    }
    coroutine handshake() takes (Vec<u8>) [vec![1], vec![2, 9], vec![], vec![3, 7, 7]] yields (Vec<u8>) returns (Result<String, String>) {
        let hello = yield_!(b"hi".to_vec());
        let [version] = hello[..] else { return Err("version".into()) };
        let auth = yield_!(vec![version, 1]);
        let user = match auth.as_slice() { [2, user] => *user, [other, ..] => return Err(format!("bad {other}")), [] => return Err("none".into()) };
        let mut data = vec![];
        let kind = loop { let mut chunk = yield_!(vec![user]); if let Some(k) = chunk.pop() { data.append(&mut chunk); break k } };
        Ok(format!("{user} {kind} {data:?}"))
    }
    coroutine accumulators() takes (Option<f64>) [Some(1.5), Some(2.5), None, Some(4.0), None, None] yields (f64) returns ((usize, f64)) {
        let (mut rounds, mut best) = (0, f64::MIN);
        loop {
            let mut sum = 0.0;
            while let Some(x) = yield_!(sum) { sum += x; }
            rounds += 1;
            if sum == 0.0 { break (rounds, best) }
            best = best.max(sum);
        }
    }
    iterator rc_list(n: u32) yields (u32) with (3) {
        #[derive(Debug)] enum L { Nil, Cons(u32, Rc<L>) }
        let mut list = Rc::new(L::Nil);
        for i in 0..n { list = Rc::new(L::Cons(i, list)); }
        let mut at = Rc::clone(&list);
        loop {
            let next = match &*at { L::Nil => break, L::Cons(n, rest) => { yield_!(*n); Rc::clone(rest) } };
            at = next;
        }
        yield_!(Rc::strong_count(&list) as u32);
    }
    iterator nested_options(list: Vec<Option<Option<u8>>>) yields (u8) with (vec![Some(Some(1)), Some(None), None, Some(Some(9))]) {
        for x in list { yield_!(match x { None => 0, Some(None) => 50, Some(Some(n @ ..=5)) => n, Some(Some(n)) => n * 10 }); }
    }
    iterator flat_guards(d: D, list: [D; 2]) yields (usize) with (D("d"), [D("x"), D("y")]) {
        let [x, y] = list;
        let held = (x, y, d);
        yield_!(held.0.name().len());
        let (x, rest, d) = held;
        { let _r = rest; yield_!(d.name().len() + 1); }
        yield_!(x.name().len() + 2);
    }
    iterator assigned_guards(n: u8) yields (u8) with (3) {
        let mut cur = D("zero");
        let mut prev;
        for i in 0..n {
            prev = std::mem::replace(&mut cur, if i % 2 == 0 { D("even") } else { D("odd") });
            yield_!(i);
            log(prev.name());
            if i == 1 { drop(prev); yield_!(100); }
        }
        cur = D("end");
        yield_!(cur.name().len() as u8);
    }
    iterator late_init(c: bool) yields (usize) with (true) {
        let a; let b;
        if c { a = D("a1"); yield_!(1); b = D("b1"); } else { b = D("b2"); a = D("a2"); yield_!(2); }
        yield_!(a.name().len() + b.name().len());
        let c2;
        { let t = D("t"); yield_!(3); c2 = t; }
        yield_!(c2.name().len());
    }
    coroutine struct_literal_order() takes (i32) [1, 2, 3] yields (i32) returns (i32) {
        struct S { a: i32, b: (i32, D), c: [i32; 2] }
        let s = S { c: [yield_!(1), v("c1", 2)], a: v("a", 3), b: (yield_!(2), D("b")) };
        let S { a, b: (b, _), c: [x, y] } = &s;
        yield_!(a + b + x + y)
    }
    coroutine call_through_everything() takes (i32) [1, 2, 3, 4] yields (i32) returns (i32) {
        trait T { fn go(&self, n: i32) -> i32; fn new(n: i32) -> Self where Self: Sized; }
        struct A(i32); impl T for A { fn go(&self, n: i32) -> i32 { self.0 * n } fn new(n: i32) -> A { A(n) } }
        let a = <A as T>::new(yield_!(1));
        let f: fn(&A, i32) -> i32 = <A as T>::go;
        let b: &dyn T = &A(5);
        f(&a, yield_!(2)) + b.go(yield_!(3)) + T::go(&a, yield_!(4))
    }
    coroutine wrapping_and_bits() takes (u32) [7, 9, 31] yields (u32) returns (u32) {
        let mut x = 0xdead_beefu32;
        x ^= x << 13; x ^= yield_!(x >> 17); x ^= x << 5;
        x = x.rotate_left(yield_!(x) & 31).wrapping_mul(3);
        !x & (1 << yield_!(x % 32)) | u32::from(x > 5)
    }
    iterator string_views(list: Vec<String>) yields (usize) with (vec!["ab".into(), "c".into()]) {
        let joined = list.join("-");
        let view: &str = &joined;
        let a = view.len(); let b = &list[0];
        yield_!(a);
        yield_!(b.len());
        let (first, rest) = (&list[0], &list[1..]);
        yield_!(first.len());
        yield_!(rest.len());
    }
    iterator never_suspends(n: i32) yields (i32) with (0) { if n > 0 { yield_!(n); } log("done"); }
    iterator only_loop_break() yields (i32) { loop { break; } let x = loop { break 5 }; yield_!(x); }
    coroutine unit_chain() takes (()) [()] yields (()) returns (()) { yield_!(yield_!(yield_!())) }
    coroutine nested_blocks_values() takes (i32) [1, 2, 3] yields (i32) returns (i32) { let c = { { let a = { yield_!(1) }; { a + { let b = yield_!(a); b * 2 } } } }; c + 1 }
    coroutine if_chain_value() takes (i32) [3, 5] yields (&'static str) returns (String) {
        let n = yield_!("n");
        let s = if n < 0 { "neg" } else if n == 0 { "zero" } else if yield_!("m") > n { "grow" } else { "shrink" };
        String::from(s) + match n { 3 => "!", _ => "?" }
    }
    iterator const_generic_arr[const N: usize](list: [u8; N]) yields (u8) with ([1u8, 2, 3]) { for i in 0..N { yield_!(list[i] + N as u8); } let [first, ..] = list[..] else { return }; yield_!(first); }
    iterator where_clause[T, I: Into<Vec<T>>](items: I, mut seen: Vec<T>) yields (usize) with ([1, 2, 1, 3], vec![3]) {
        let items: Vec<T> = items.into();
        for t in items { match 0 { _ if seen.len() > 10 => break, _ => {} } seen.push(t); yield_!(seen.len()); }
    }
}
