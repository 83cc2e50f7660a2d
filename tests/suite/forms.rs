//! Forms of expressions and patterns beside and around suspensions.

use crate::harness::{D, log, v};
use std::cell::*;
use std::collections::*;
use std::ops::*;
use std::rc::Rc;

#[derive(Debug, Clone, PartialEq)]
struct P {
    x: i32,
    y: i32,
    tag: String,
}
#[derive(Debug)]
struct G {
    a: D,
    b: D,
    n: i32,
}
fn g(n: i32) -> G {
    G {
        a: D("ga"),
        b: D("gb"),
        n,
    }
}
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
struct L(i32);
impl Add for L {
    type Output = L;
    fn add(self, o: L) -> L {
        log(format_args!("{}+{}", self.0, o.0));
        L(self.0 + o.0)
    }
}
impl Mul for L {
    type Output = L;
    fn mul(self, o: L) -> L {
        log(format_args!("{}*{}", self.0, o.0));
        L(self.0 * o.0)
    }
}
impl Neg for L {
    type Output = L;
    fn neg(self) -> L {
        log("neg");
        L(-self.0)
    }
}
impl AddAssign for L {
    fn add_assign(&mut self, o: L) {
        log(format_args!("{}+={}", self.0, o.0));
        self.0 += o.0;
    }
}
impl Not for L {
    type Output = bool;
    fn not(self) -> bool {
        log("not");
        self.0 == 0
    }
}
struct Logged(Vec<i32>);
impl Index<usize> for Logged {
    type Output = i32;
    fn index(&self, i: usize) -> &i32 {
        log(format_args!("index {i}"));
        &self.0[i]
    }
}
impl IndexMut<usize> for Logged {
    fn index_mut(&mut self, i: usize) -> &mut i32 {
        log(format_args!("index_mut {i}"));
        &mut self.0[i]
    }
}

differential! {
    coroutine match_guard_suspends_bindings() takes (bool) [true, false, false, true] yields (String) returns (String) {
        let p = P { x: 3, y: 4, tag: "t".to_owned() };
        match p {
            P { x: n @ 1..=5, ref tag, .. } if yield_!(format!("{n} {tag}")) && n > 4 => format!("first {tag}"),
            P { y: m @ (4 | 5), .. } if { log("second"); yield_!(m.to_string()) } => format!("second {m}"),
            P { mut x, ref tag, y: _ } if yield_!("third".into()) || x == 3 => { x += 1; yield_!(tag.clone()); format!("{tag}{x}") }
            other => other.tag,
        }
    }
    coroutine slices_with_rest_and_guard() takes (usize) [1, 2, 3] yields (Vec<i32>) returns (i32) {
        let mut list = vec![1, 2, 3, 4, 5];
        loop {
            match list.as_mut_slice() {
                [] => break 0,
                [one] => break *one * 10,
                [first, middle @ .., last] if middle.len() % 2 == 0 => { *first += *last; middle.reverse(); }
                [first, .., last] => std::mem::swap(first, last),
            }
            let n = yield_!(list.clone());
            list.drain(..n.min(list.len()));
        }
    }
    coroutine slices_binding_across() takes (i32) [7, 8] yields (i32) returns (Vec<i32>) {
        let mut list = vec![1, 2, 3];
        if let [a, rest @ ..] = &mut list[..] {
            *a = yield_!(rest.len() as i32);
            rest[0] += yield_!(*a);
        }
        list
    }
    coroutine or_patterns_across() takes (Option<i32>) [Some(1), None, Some(20), Some(300)] yields (&'static str) returns (i32) {
        let mut sum = 0;
        loop {
            match yield_!("next") {
                Some(n @ (1..=9 | 20)) => { yield_!("small"); sum += n; }
                Some(n) if n > 100 => { yield_!("big"); break sum + n }
                Some(_) | None => { yield_!("none"); sum -= 1; }
            }
        }
    }
    coroutine labelled_value() takes (u32) [1, 2, 3, 4, 5] yields (u32) returns (String) {
        let s = 'a: {
            let first = 'b: {
                if yield_!(0) == 1 { break 'b "one" }
                break 'a String::from("never");
            };
            for i in 0.. {
                if yield_!(i) > 3 { break 'a format!("{first}{i}") }
            }
            unreachable!()
        };
        yield_!(s.len() as u32);
        s
    }
    coroutine loop_break_in_operand() takes (i32) [1, 2, 3] yields (i32) returns (i32) {
        let x = v("a", 10) + loop { let n = yield_!(1); if n > 1 { break n } } * v("c", 100) - 'z: { if yield_!(2) == 3 { break 'z 5 } 6 };
        x
    }
    coroutine let_chain_mix() takes (Option<&'static str>) [Some("3"), None, Some("x"), Some("12")] yields (u32) returns (u32) {
        let mut misses = 0;
        loop {
            if let Some(text) = yield_!(misses) && let Ok(n) = text.parse::<u32>() && n > 5 && let m = n * 2 && yield_!(m).is_some() {
                return m;
            } else if misses > 3 {
                break;
            }
            misses += 1;
        }
        misses
    }
    coroutine while_let_chain_pop() takes (bool) [true, true, false, true] yields (i32) returns (Vec<i32>) {
        let mut stack = vec![1, 2, 3, 4];
        while let Some(top) = stack.pop() && yield_!(top) && let Some(second) = stack.last_mut() {
            *second += top;
        }
        stack
    }
    coroutine let_else_chain() takes (&'static str) ["k=v", "novalue", "a=1"] yields (usize) returns (Result<String, String>) {
        let Some((k, val)) = yield_!(0).split_once('=') else { return Err("first".into()) };
        let (k, val) = (k.to_string(), val.to_string());
        let Some((_, other)) = yield_!(k.len()).split_once('=') else {
            let n = yield_!(val.len());
            let [a, ..] = n.as_bytes() else { return Err(k) };
            return Err(format!("{k}{a}"));
        };
        Ok(other.to_owned())
    }
    coroutine nested_args_pattern((a, [b, .., c]): (i32, [i32; 4]), P { x, y: _, ref tag }: P, &(ref d, e): &(String, u8)) takes (i32) [1] yields (String) returns (i32)
        with ((1, [2, 3, 4, 5]), P { x: 6, y: 7, tag: "tag".into() }, &pair) given { let pair = ("d".to_owned(), 9u8); } {
        let n = yield_!(format!("{a}{b}{c}{x}{tag}{d}{e}"));
        n + a + x + yield_!(tag.clone())
    }
    coroutine overloaded() takes (i32) [2, 3, 4] yields (i32) returns (i32) {
        let a = L(v("a", 1));
        let mut b = a + L(yield_!(1)) * -L(yield_!(2));
        b += L(yield_!(3));
        let c = if !(a + L(yield_!(4))) { 0 } else { 1 };
        (b + L(c)).0
    }
    coroutine index_logged() takes (i32) [5, 6] yields (i32) returns (Vec<i32>) {
        let mut list = Logged(vec![1, 2, 3]);
        list[0] = yield_!(list[1]);
        let i = v("i", 2);
        list[i] += list[0];
        yield_!(list[i]);
        *(&mut list[v("j", 1)]) -= 1;
        let Logged(inner) = list;
        inner
    }
    coroutine index_add_assign_suspending() takes (i32) [5, 6] yields (i32) returns (i32) {
        let mut list = vec![1, 2, 3];
        list[v("i", 0)] += yield_!(1);
        list[{ log("block"); 1 }] -= yield_!(list[0]) * 2;
        let n = list.iter().sum::<i32>();
        n
    }
    coroutine struct_update_across(base: P) takes (i32) [5, 6] yields (i32) returns (P) with (P { x: 1, y: 2, tag: "b".into() }) {
        let p = P { x: yield_!(base.x), ..base.clone() };
        let q = P { y: yield_!(p.x), tag: format!("{}!", p.tag), ..p };
        yield_!(q.x);
        P { ..q }
    }
    coroutine struct_update_guard() takes (i32) [5] yields (i32) returns (i32) {
        let _first = D("first");
        let base = g(1);
        let new = G { a: D("new"), n: yield_!(base.n), ..base };
        let _last = D("last");
        yield_!(new.n);
        new.n
    }
    coroutine partial_move_then_all() takes (i32) [5] yields (usize) returns (usize) {
        let G { a, b, n } = g(3);
        drop(a);
        let _z = D("z");
        yield_!(n as usize);
        b.name().len()
    }
    coroutine partial_fields_moved_individually() takes (i32) [5] yields (usize) returns (usize) {
        let pair = (D("l"), D("r"), 3usize);
        let _mid = D("mid");
        let (l, r, _n) = pair; consume(l);
        yield_!(3);
        r.name().len()
    }
    iterator closure_fnmut_counts() yields (i32) {
        let mut total = 0;
        let mut add = |n: i32| { total += n; total };
        let first = add(1);
        yield_!(first);
        yield_!(add(10));
        let last = add(100);
        yield_!(last);
        yield_!(total);
    }
    iterator closure_reads_and_locals_change() yields (i32) {
        let k = Cell::new(1);
        let f = |n: i32| n * k.get();
        yield_!(f(2));
        k.set(5);
        yield_!(f(2));
        let h = |g: &dyn Fn(i32) -> i32| g(3) + f(1);
        yield_!(h(&f));
    }
    iterator closure_pushes_list() yields (String) {
        let mut out = Vec::new();
        let mut emit = |s: &str| out.push(s.to_uppercase());
        emit("a");
        yield_!("x".to_string());
        emit("b");
        yield_!(out.join(","));
        out.clear();
        let mut emit = |s: String, n| (0..n).for_each(|_| out.push(s.clone()));
        emit("z".into(), 2);
        yield_!(out.concat());
    }
    iterator adapters_live(text: &'static str) yields (String) with ("one two three four") {
        let mut words = text.split(' ').map(str::to_owned).enumerate().skip(1).peekable();
        while let Some((i, w)) = words.next() {
            let more = if words.peek().is_some() { "," } else { "." };
            yield_!(format!("{i}{w}{more}"));
        }
        let mut z = text.chars().rev().zip(1..).filter(|(c, _)| c.is_alphabetic()).take(3);
        yield_!(format!("{:?}", z.next()));
        let rest: Vec<_> = z.by_ref().collect();
        yield_!(format!("{rest:?} {:?}", z.next()));
    }
    iterator scan_and_flat(n: u32) yields (u32) with (4) {
        let mut acc = (1..=n).scan(0, |s, x| { *s += x; Some(*s) }).flat_map(|x| [x, x * 10]);
        loop {
            let Some(a) = acc.next() else { break };
            yield_!(a);
        }
    }
    coroutine reborrowed_arg(list: &mut Vec<i32>) takes (i32) [5, 6, 7] yields (usize) returns (()) with (&mut list) given { let mut list = vec![1]; } then { log(format_args!("{list:?}")); } {
        fn push(list: &mut Vec<i32>, n: i32) -> &mut i32 { list.push(n); list.last_mut().unwrap() }
        let n = yield_!(list.len());
        *push(list, n) += 1;
        let n = yield_!(list.len());
        let slot = push(list, n);
        *slot += yield_!(99);
    }
    coroutine raw_names(r#type: i32) takes (i32) [1, 2] yields (i32) returns (i32) with (3) {
        let r#match = yield_!(r#type);
        let x = { let p = &r#match; *p + r#type };
        r#match + yield_!(x)
    }
    coroutine names_collide(state: i32, input: i32, iter: Vec<i32>) takes (i32) [1, 2, 3] yields (i32) returns (i32) with (1, 2, vec![3, 4]) {
        #[derive(Clone, Copy)] struct Machine(i32);
        enum State { Start(i32), Done }
        #[allow(non_snake_case)] fn Yielded(x: i32) -> i32 { x + 1 }
        fn put(x: i32) -> i32 { x * 2 }
        fn take(x: i32) -> i32 { x * 3 }
        let machine = Machine(state);
        let value = yield_!(put(input));
        let next = State::Start(take(value));
        let mut held_x = 0;
        for item in iter { held_x += yield_!(item + Yielded(machine.0)); }
        let received = match next { State::Start(n) => n, State::Done => 0 };
        let State::Start(position) = State::Start(held_x) else { return 0 };
        received + position
    }
    coroutine macros_inside() takes (i32) [1, 2, 3] yields (i32) returns (Vec<i32>) {
        macro_rules! square { ($e:expr) => { $e * $e }; }
        macro_rules! list { ($($e:expr),*) => { vec![$($e),*] }; }
        let a = yield_!(square!(3));
        let b = list![a, square!(a + 1), 7];
        yield_!(b[1]);
        macro_rules! late { ($b:ident) => { $b.len() as i32 } }
        let n = late!(b);
        yield_!(n);
        b
    }
    coroutine drops_between_operands() takes (i32) [1] yields (usize) returns (usize) {
        fn two(a: &D, b: D, c: i32) -> usize { log(format_args!("{} {}", a.name(), b.name())); c as usize }
        let r = two(&D("t1"), D("t2"), yield_!(1)) + two(&v("e", D("t3")), v("f", D("t4")), v("g", 1));
        r
    }
    coroutine yield_in_yield() takes (i32) [1, 2, 3] yields (i32) returns (i32) {
        yield_!(yield_!(yield_!(1) + 10) + 100)
    }
    coroutine question_in_positions() takes (Result<i32, &'static str>) [Ok(1), Ok(2), Err("bad")] yields (i32) returns (Result<i32, String>) {
        let _g = D("g");
        let a = [yield_!(0)?, v("m", 5), yield_!(1)?];
        let t = (D("t"), yield_!(a[0])?);
        Ok(t.1)
    }
    coroutine option_question() takes (Option<i32>) [Some(1), None] yields (i32) returns (Option<(D, i32)>) {
        let d = D("d");
        let x = yield_!(0)?;
        let e = Some(D("e"));
        let p = (e?, yield_!(x)?);
        drop(d);
        Some(p)
    }
    coroutine temporaries_in_if_condition(list: Rc<RefCell<Vec<i32>>>) takes (i32) [1, 2, 3] yields (i32) returns (i32) with (Rc::new(RefCell::new(vec![1, 2, 3]))) {
        while list.borrow().len() > 1 {
            let n = list.borrow_mut().pop().unwrap();
            let more = yield_!(n);
            if list.borrow().contains(&more) { list.borrow_mut().push(more * 100); yield_!(-1); }
            if more == 3 { break }
        }
        let n = list.borrow().len() as i32;
        n
    }
    coroutine matched_deref(cell: &RefCell<Option<i32>>) takes (i32) [4] yields (i32) returns (i32) with (&cell) given { let cell = RefCell::new(Some(3)); } {
        match *cell.borrow() {
            Some(n) if n > 2 => { let m = yield_!(n); m + n }
            Some(n) => n,
            None => 0,
        }
    }
    iterator nested_loops_labels(n: u32) yields ((u32, u32, u32)) with (20) {
        'a: for a in 1..n {
            'b: for b in a..n {
                for c in b..n {
                    if a * a + b * b == c * c { yield_!((a, b, c)); continue 'b }
                    if c * c > a * a + b * b { continue 'b }
                }
                if a > 7 { break 'a }
            }
        }
    }
    iterator entry_api(words: Vec<&'static str>) yields ((String, usize)) with (vec!["a", "b", "a"]) {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for w in words {
            let count = counts.entry(w).and_modify(|c| *c += 1).or_insert(1);
            *count *= 10;
            let c = *count;
            yield_!((w.into(), c));
        }
        let mut all: Vec<_> = counts.into_iter().collect();
        all.sort_unstable();
        for (w, c) in all { yield_!((w.to_string(), c)); }
    }
    coroutine boxed_and_dyn(f: Box<dyn Fn(i32) -> i32>, mut g: Box<dyn FnMut(i32)>, h: Box<dyn FnOnce() -> i32>) takes (i32) [4, 5] yields (i32) returns (i32) with (Box::new(|x| x + 1), Box::new(|x| log(x)), Box::new(|| 7)) {
        let a = f(yield_!(f(1)));
        g(a);
        g(yield_!(a));
        h() + a
    }
    coroutine assign_ops_and_swap() takes (i32) [4, 5, 6] yields (i32) returns ((i32, i32)) {
        let (mut a, mut b) = (1, 2);
        (a, b) = (b, yield_!(a));
        [a, .., b] = [yield_!(b), 9, a];
        (_, b) = (a, b + yield_!(a));
        a <<= 1;
        b ^= yield_!(a) & 3;
        P { x: a, .. } = P { x: a + b, y: 0, tag: String::new() };
        (a, b)
    }
    coroutine ranges_and_casts() takes (u8) [4, 5, 6] yields (usize) returns (String) {
        let r = yield_!(1) as usize..yield_!(2) as usize + 3;
        let s: String = ('a'..='z').collect();
        let part = &s[r.start..=r.end];
        let n = part.len();
        yield_!(n);
        s[..r.len()].to_owned() + &s[yield_!(3).into()..][..2]
    }
    coroutine never_and_diverging() takes (i32) [4] yields (i32) returns (i32) {
        let x: i32 = match yield_!(1) { 0 => return 0, 1 => panic!("one"), n if n > 100 => loop { yield_!(n); }, n => n };
        let y = if x > 3 { x } else { return yield_!(5) };
        y
    }
}
fn consume(d: D) {
    log(d.name());
}
