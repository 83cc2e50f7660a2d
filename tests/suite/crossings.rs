//! Drops, exits and values that cross suspensions in unusual places.

use crate::harness::{D, log, v};
use std::cell::*;
use std::collections::*;
use std::rc::Rc;
struct Noisy(&'static str);
impl Drop for Noisy {
    fn drop(&mut self) {
        log(self.0);
    }
}
#[derive(Debug)]
enum Tree {
    Leaf(D),
    Fork(Box<Tree>, Box<Tree>),
}
fn fork(a: Tree, b: Tree) -> Tree {
    Tree::Fork(Box::new(a), Box::new(b))
}
fn give(name: &'static str) -> Result<D, D> {
    log(name);
    Ok(D(name))
}
fn fail(name: &'static str) -> Result<D, D> {
    log(name);
    Err(D(name))
}
differential! {
    coroutine try_finally_like() takes (i32) [1, 2, 3] yields (i32) returns (i32) {
        struct Finally<F: FnMut()>(F);
        impl<F: FnMut()> Drop for Finally<F> { fn drop(&mut self) { (self.0)() } }
        let _outer = Finally(|| log("outer"));
        let r = 'try_: {
            let _inner = Finally(|| log("inner"));
            if yield_!(1) == 1 { break 'try_ yield_!(2) }
            yield_!(3)
        };
        yield_!(r)
    }
    coroutine panicking_drop() takes (i32) [1, 2, 3] yields (i32) returns (i32) {
        let _a = Noisy("a");
        let b = Noisy("b");
        let n = yield_!(1);
        drop(b);
        let _c = Noisy("c");
        { let _d = Noisy("d"); yield_!(2); }
        yield_!(n)
    }
    coroutine destructure_default() takes (Option<i32>) [Some(1), None, Some(3)] yields (i32) returns ([i32; 3]) {
        [yield_!(0).unwrap_or(10), yield_!(1).unwrap_or_else(|| 20), yield_!(2).map_or(30, |n| n * 100)]
    }
    coroutine spread_like() takes (Vec<i32>) [vec![1, 2], vec![], vec![3]] yields (usize) returns (Vec<i32>) {
        let mut all = vec![];
        all.extend(yield_!(all.len()));
        all.extend(yield_!(all.len()));
        all.extend(yield_!(all.len()).into_iter().map(|n| n + all_of(2)));
        [yield_!(9), all].concat()
    }
    iterator tree_walk(tree: Tree) yields (usize) with (fork(fork(Tree::Leaf(D("one")), Tree::Leaf(D("two"))), Tree::Leaf(D("three")))) {
        let mut stack = vec![tree];
        while let Some(top) = stack.pop() {
            match top {
                Tree::Leaf(d) => yield_!(d.name().len()),
                Tree::Fork(a, b) => { let b = *{ b }; stack.push(b); yield_!(0); stack.push(*a); }
            }
        }
    }
    iterator conditional_moves(flag: u32) yields (u32) with (2) {
        let a = D("a"); let b = D("b"); let c = D("c");
        if flag > 1 { drop(a); yield_!(1); } else { drop(b); yield_!(2); }
        match flag { 0 => drop(c), 1 => { yield_!(3); drop(c) } _ => { yield_!(4); } }
        yield_!(5);
    }
    iterator moved_in_loop_maybe(n: u32) yields (u32) with (4) {
        let mut slot = Some(D("slot"));
        let spare = D("spare");
        for i in 0..n {
            let _round = D("round");
            if i == 1 && let Some(d) = slot.take() { yield_!(d.name().len() as u32); continue }
            if i == 3 { slot = Some(D("new")); yield_!(100); break }
            yield_!(i);
        }
        let _z = (slot, spare);
        yield_!(7);
    }
    coroutine results_with_drops() takes (bool) [true, false] yields (&'static str) returns (Result<(), D>) {
        let a = give("a")?;
        let _b = if yield_!(a.name()) { give("b1")? } else { fail("b2")? };
        let _c = match yield_!("c") { true => give("c1"), false => fail("c2") }?;
        Ok(())
    }
    coroutine tuple_index_chain() takes (i32) [1, 2] yields (i32) returns (i32) {
        let t = ((1, [2, 3]), D("t"), (4,));
        let x = t.0.1[yield_!(t.2.0) as usize] + yield_!((t.0).0);
        x
    }
    coroutine shadow_ladder(x: i32) takes (i32) [1, 2, 3] yields (i32) returns (i32) with (5) {
        let x = x + yield_!(x);
        let x = { let x = x * yield_!(x); { let x = x + 1; yield_!(x); } x };
        let f = |x: i32| x + 1;
        let x = f(x);
        for x in 0..2 { yield_!(x); }
        if let x @ 1..=99 = x { yield_!(x); }
        x
    }
    coroutine block_in_args() takes (i32) [1, 2, 3] yields (i32) returns (i32) {
        fn add3(a: i32, b: i32, c: i32) -> i32 { a * 100 + b * 10 + c }
        add3({ let _d = D("d1"); yield_!(1) }, if yield_!(2) > 1 { let _e = D("e"); 2 } else { 3 }, match { yield_!(3) } { n @ 3 => { log("n"); n } _ => 0 })
    }
    coroutine method_chain_suspends() takes (&'static str) ["a,b", "x", ","] yields (usize) returns (String) {
        let s = yield_!(0).split(yield_!(1)).map(|p| p.to_uppercase()).collect::<Vec<_>>().join(yield_!(2));
        s
    }
    coroutine logical_mix() takes (bool) [true, false, true, true, false] yields (i32) returns ((bool, bool, bool)) {
        let a = yield_!(1) && (yield_!(2) || !yield_!(3)) ;
        let b = v("l", false) || yield_!(4) && v("m", true) && !yield_!(5);
        let mut c = true;
        c &= yield_!(6);
        c |= v("x", c) ^ yield_!(7);
        (a, b, c)
    }
    coroutine while_complex() takes (i32) [3, 1, 4, 1, 5, 9, 2, 6] yields (i32) returns (Vec<i32>) {
        let mut seen = vec![];
        while { let n = yield_!(seen.len() as i32); seen.push(n); n != 9 && seen.len() < 20 } {
            if seen.last() == Some(&4) { seen.push(yield_!(-1)); continue }
            seen.dedup();
        }
        seen
    }
    coroutine nested_closures_capture() takes (i32) [2, 3] yields (i32) returns (i32) {
        let base = 10;
        let mk = |k: i32| move |x: i32| x * k + base;
        let f = mk(yield_!(1));
        let g = |h: &dyn Fn(i32) -> i32, n| h(h(n));
        let a = g(&f, yield_!(f(1)));
        a + g(&mk(2), 1)
    }
    coroutine rc_graph() takes (i32) [2, 3] yields (usize) returns (usize) {
        let shared = Rc::new(RefCell::new(vec![1]));
        let other = Rc::clone(&shared);
        let push = move |n: i32| other.borrow_mut().push(n);
        push(yield_!(Rc::strong_count(&shared)));
        let n = shared.borrow().len();
        push(yield_!(n));
        drop(push);
        Rc::strong_count(&shared) * 10 + shared.borrow().len()
    }
    iterator string_building(n: usize) yields (String) with (3) {
        use std::fmt::Write as _;
        let mut out = String::new();
        for i in 1..=n {
            write!(out, "{i}").unwrap();
            let _ = write!(&mut out, "{:>width$}", '*', width = i);
            yield_!(out.clone());
            if i % 2 == 0 { out += "!"; out.insert_str(0, "<"); }
        }
        writeln!(out).unwrap();
        yield_!(out);
    }
    iterator let_else_in_loop(items: Vec<Option<Result<i32, String>>>) yields (Result<i32, String>) with (vec![Some(Ok(1)), None, Some(Err("e".into())), Some(Ok(4))]) {
        for item in items {
            let _g = D("g");
            let Some(result) = item else { yield_!(Err("none".into())); continue };
            let Ok(n) = result else { yield_!(result); break };
            yield_!(Ok(n));
        }
    }
    coroutine ref_binding_modes() takes (i32) [7] yields (i32) returns (i32) {
        let mut pair = (1, String::from("s"));
        let (ref mut n, ref s) = pair;
        *n += yield_!(s.len() as i32);
        *n += s.len() as i32;
        let opt = Some(pair);
        if let Some((n, s)) = &opt { yield_!(*n); log(s); yield_!(n + 1); }
        if let Some((n, ref s)) = opt { yield_!(n); log(s); }
        let (n, _) = opt.unwrap_or_default();
        n
    }
    iterator array_windows_owned(list: [i32; 5]) yields (i32) with ([1, 2, 3, 4, 5]) {
        let [a, b, ..] = list;
        yield_!(a + b);
        let [.., y, z] = list;
        yield_!(y * z);
        for [p, q] in [[1, 2], [3, 4]] { yield_!(p * q); }
        for (i, [p, q]) in [[1, 2], [3, 4]].iter().enumerate() { yield_!(p * q + i as i32); yield_!(*p); }
    }
    iterator const_blocks_and_consts() yields (usize) {
        const N: usize = 3;
        static NAMES: [&str; N] = ["a", "bb", "ccc"];
        let arr = [const { N * 2 }; N];
        for (n, name) in arr.into_iter().zip(NAMES) { yield_!(n + name.len()); yield_!(n); }
        yield_!(const { N + 1 });
    }
    coroutine return_in_weird_places() takes (u8) [1, 0] yields (u8) returns (u8) {
        let x = [yield_!(1), if yield_!(2) == 0 { return v("ret", 9) } else { 4 }];
        x[0]
    }
    coroutine break_in_args() takes (u8) [1, 0, 5] yields (u8) returns (u8) {
        let r = loop { fn f(a: u8, b: u8) -> u8 { a + b } let _d = D("d"); let z = f(v("a", 1), if yield_!(1) == 0 { break 7 } else { 2 }); yield_!(z); };
        r + yield_!(8)
    }
    iterator unusual_loops() yields (i32) {
        let mut it = (0..).into_iter();
        loop { match it.next() { Some(n) if n % 2 == 0 => continue, Some(n) if n > 6 => break, Some(n) => yield_!(n), None => unreachable!() } }
        let mut n = 10;
        while n > 0 { n = if n % 2 == 0 { yield_!(n); n / 2 } else { n - 1 }; }
        'l: for a in 1.. { for b in 1..a { if a * b > 12 { break 'l } if (a + b) % 3 == 0 { continue 'l } yield_!(a * b); } }
    }
    coroutine box_patterns_and_deref() takes (i32) [3] yields (i32) returns (D) {
        let boxed = Box::new((D("l"), 4));
        let n = yield_!(boxed.1);
        let (d, m) = *boxed;
        yield_!(n + m);
        d
    }
    coroutine swap_take_replace() takes (D) [D("i1"), D("i2")] yields (usize) returns (Option<D>) {
        let mut slot = None;
        let mut cur = yield_!(0);
        std::mem::swap(&mut slot, &mut Some(cur));
        cur = yield_!(1);
        let old = slot.replace(cur);
        yield_!(old.map_or(0, |d| d.name().len()));
        slot.take()
    }
    iterator dedup_by_key(words: &[&'static str]) yields (&'static str) with (&["apple", "avocado", "bean", "cherry", "cod"]) {
        let mut last = None;
        for &w in words {
            let key = w.chars().next();
            if last != Some(key) { yield_!(w); }
            last = Some(key);
        }
    }
    coroutine guard_in_match_scrutinee() takes (i32) [3] yields (i32) returns (usize) {
        match (D("x"), yield_!(1)) {
            (d, 3) => { let _e = D("e"); yield_!(2); d.name().len() }
            (_, n) => { yield_!(n); 0 }
        }
    }
    iterator queue_scheduler(tasks: Vec<(char, u32)>) yields (char) with (vec![('a', 2), ('b', 1), ('c', 3)]) {
        let mut queue: VecDeque<_> = tasks.into();
        while let Some((name, left)) = queue.pop_front() {
            yield_!(name);
            if let Some(left @ 1..) = left.checked_sub(1) { queue.push_back((name, left)); }
        }
    }
    coroutine option_combinators() takes (Option<u32>) [Some(2), Some(3), None] yields (u32) returns (Option<u32>) {
        let a = yield_!(0)?;
        let b = yield_!(a).and_then(|b| b.checked_sub(1)).filter(|b| *b > 0)?;
        let c = Some(b).zip(yield_!(b).or(Some(7))).map(|(x, y)| x * y);
        c
    }
}
fn all_of(n: i32) -> i32 {
    n * 10
}
