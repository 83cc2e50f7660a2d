//! Suspensions in all kinds of expressions, beside values with drops.

use std::ops::{Add, Neg};

use crate::harness::{D, log, record, v};

#[derive(Debug, Clone, Copy, PartialEq)]
struct V2 {
    x: i32,
    y: i32,
}
impl Add for V2 {
    type Output = V2;
    fn add(self, o: V2) -> V2 {
        log(format!("add {self:?} {o:?}"));
        V2 {
            x: self.x + o.x,
            y: self.y + o.y,
        }
    }
}
impl Neg for V2 {
    type Output = V2;
    fn neg(self) -> V2 {
        V2 { x: -self.x, y: -self.y }
    }
}

#[derive(Debug)]
#[allow(dead_code, reason = "printed")]
struct Named {
    name: &'static str,
    d: D,
    n: u32,
}

struct Builder {
    parts: Vec<D>,
    n: u32,
}
impl Builder {
    fn new() -> Self {
        log("new");
        Builder { parts: vec![], n: 0 }
    }
    fn with(mut self, d: D) -> Self {
        log(format!("with {}", d.name()));
        self.parts.push(d);
        self
    }
    fn count(mut self, n: u32) -> Self {
        self.n += n;
        self
    }
    fn build(self) -> Vec<D> {
        log(format!("build {}", self.n));
        self.parts
    }
}
impl Drop for Sum {
    fn drop(&mut self) {
        record(format!("drop sum {}", self.0));
    }
}
#[derive(Debug)]
struct Sum(u32);
impl Sum {
    fn get(&self) -> u32 {
        self.0
    }
    fn plus(&self, n: u32) -> Sum {
        Sum(self.0 + n)
    }
    fn into_inner(self) -> u32 {
        self.0
    }
}

fn pair(a: &'static str, b: &'static str) -> (D, D) {
    log("pair");
    (D(a), D(b))
}
fn three(a: u32, b: D, c: u32) -> u32 {
    log(format!("three {a} {} {c}", b.name()));
    a + c
}
fn opt(name: &'static str, some: bool) -> Option<D> {
    log(name);
    some.then(|| D(name))
}
fn res(n: u32) -> Result<u32, Sum> {
    if n < 3 { Ok(n) } else { Err(Sum(n)) }
}

differential! {
    coroutine nested_yields() takes (u32) [1, 2, 3, 4] yields (u32) returns (u32) {
        let a = yield_!(yield_!(yield_!(0) + 10) + 20);
        let b = -(yield_!(a) as i32) + (yield_!(1) as i32) * !(yield_!(2) as i32);
        let mut list = [0u32; 4];
        list[yield_!(3) as usize % 4] = yield_!(4);
        list[(yield_!(5) % 4) as usize] += yield_!(6);
        let r = yield_!(7)..=yield_!(8) + 2;
        let t = (yield_!(9), D("t"), yield_!(10));
        log(format!("{b} {list:?} {r:?}"));
        t.0 + t.2
    }

    coroutine literals() takes (u32) [1, 2] yields (u32) returns (u32) {
        let named = Named { n: yield_!(1), name: "x", d: { yield_!(2); D("field") } };
        let Named { n, ref d, .. } = named;
        yield_!(n);
        log(d.name());
        let other = Named { n: yield_!(3), ..named };
        log(other.d.name());
        other.n
    }

    coroutine builders() takes (u32) [1, 2, 3] yields (u32) returns (usize) {
        let older = D("older");
        let parts = { { Builder::new() }.with(D("a")) }.count(yield_!(1)).build();
        log(older.name());
        let n = Sum(4).plus(yield_!(3)).plus(1).get();
        yield_!(n);
        let n = Sum(5).plus({ yield_!(4); 2 }).into_inner();
        yield_!(n);
        parts.len()
    }

    coroutine patterns_in_arguments() takes (u32) [1, 2, 3] yields (u32) returns (u32) {
        let (a, _) = pair("a", "b");
        let x = three(yield_!(1), D("arg"), yield_!(2));
        let (_, b) = (yield_!(3), D("c"));
        let _ = pair("d", "e");
        let _ = yield_!(4);
        let _keep = pair("f", "g").1;
        x + a.name().len() as u32 + b.name().len() as u32
    }

    coroutine conditions() takes (bool) [true, false, true, true, false] yields (&'static str) returns (u32) {
        let mut n = 0;
        while yield_!("while") {
            n += 1;
            let guard = D("guard");
            if yield_!("a") && (yield_!("b") || n > 1) { log(guard.name()); continue; }
            if let Some(d) = opt("some", yield_!("c")) && d.name() == "some" && yield_!("d") { log("chain"); break }
            let Some(e) = opt("else", yield_!("e")) else { yield_!("none"); return n };
            if !yield_!("f") { log(e.name()); }
        }
        n
    }

    coroutine match_arms() takes (u32) [1, 5, 2, 8] yields (u32) returns (u32) {
        let d = Some(D("matched"));
        let n = match d {
            Some(ref d) if yield_guard(d) => yield_!(1),
            Some(d) => { yield_!(2); log(d.name()); 2 }
            None => 0,
        };
        let m = match yield_!(3) { 0 => 0, x @ 1..=4 => x + yield_!(4), x if x % 2 == 0 => x, x => { yield_!(x); x * 2 } };
        let r = match (res(yield_!(5)), res(yield_!(6))) {
            (Ok(a), Ok(b)) => a + b,
            (Err(e), _) => { yield_!(e.get()); e.0 } (_, Err(e)) => { yield_!(e.get()); e.0 }
        };
        n + m + r
    }

    coroutine questions() takes (u32) [1, 2, 5] yields (u32) returns (Result<u32, Sum>) {
        let d = D("d");
        let sum = res(yield_!(1))? + res(1)? + { let inner = D("inner"); res(yield_!(2))? + inner.name().len() as u32 };
        let list = vec![D("x"), D("y")];
        for item in list {
            let n = res(sum.min(2))? + yield_!(item.name().len() as u32);
            if n > 6 { Err(Sum(n))? }
        }
        log(d.name());
        Ok(sum)
    }

    coroutine compound() takes (u32) [1, 2, 3] yields (u32) returns (u32) {
        let mut total = Sum(0);
        total.0 += yield_!(1);
        total.0 *= { yield_!(2); 3 };
        let mut grid = vec![vec![0; 2]; 2];
        grid[1][v("index", 0)] = yield_!(3);
        grid[v("row", 0)][1] += grid[1][0] + yield_!(4);
        let mut boxed = Box::new(1);
        *boxed += yield_!(5);
        let mut pos = V2 { x: 1, y: 1 };
        pos = pos + V2 { x: yield_!(6) as i32, y: 0 } + -pos;
        log(format!("{pos:?} {grid:?}"));
        let n = *boxed;
        total = Sum(total.0 + n);
        yield_!(7);
        total.get()
    }

    coroutine returns_early(flag: bool) takes (u32) [1, 2, 3] yields (u32) returns (u32) with (false) {
        let a = D("a");
        let n = { let b = D("b"); if flag { return yield_!(1) } else { yield_!(2) + b.name().len() as u32 } };
        let c = loop {
            let c = D("c");
            if yield_!(n) > 1 { break c }
            log("again");
        };
        drop(a);
        three(yield_!(3), c, { let x = yield_!(4); if x > 100 { return 0 } x })
    }

    coroutine closures() takes (u32) [1, 2, 3] yields (u32) returns (u32) {
        let d = D("captured");
        let base = yield_!(1);
        let add = |n: u32| n + base + d.name().len() as u32;
        let x = add(yield_!(2));
        let mut count = 0;
        let mut bump = || { count += 1; count };
        bump(); bump();
        let y = yield_!(count);
        let owned = D("owned");
        let consume = move || { let owned = owned; owned.name().len() as u32 };
        yield_!(x);
        let z = { consume }();
        let fs: [fn(u32) -> u32; 2] = [|n| n + 1, |n| n * 2];
        fs.iter().fold(x + y + z, |n, f| f(n)) + yield_!(3)
    }

    iterator shadowing() yields (u32) {
        let x = D("x1");
        yield_!(1);
        let x = (x, D("x2"));
        yield_!(2);
        { let x = D("x3"); yield_!(3); log(x.name()); }
        let x = { let y = &x.0; yield_!(4); y.name().len() };
        yield_!(x as u32);
        for x in 0..2 { let x = D(if x == 0 { "i0" } else { "i1" }); yield_!(5); let _x = x; }
        yield_!(6);
    }

    iterator temporaries_of_statements() yields (u32) {
        yield_!(Sum(1).get() + Sum(2).plus(3).get());
        let n = Sum(3).plus(1).get() + { yield_!(9); 1 } + Sum(7).get();
        yield_!(n);
        match Sum(8).plus(n).get() { 13 => { yield_!(13); log("13") } _ => yield_!(14) }
        if Sum(9).get() > 3 { yield_!(15); log("if") }
        for x in Sum(2).get()..Sum(4).get() { yield_!(x); log("for"); }
        while Sum(1).get() > 5 { yield_!(99); }
        let s = &Sum(10);
        yield_!(s.get());
        let t = Sum(11).plus(1).0;
        yield_!(t);
        log("end");
    }
}
fn yield_guard(d: &D) -> bool {
    log("guard");
    d.name().len() > 100
}
