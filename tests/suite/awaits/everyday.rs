//! Everyday async code in many styles: builders, ladders, chains, closures, collections.

use std::cell::Cell;
use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write;
use std::ops::{Add, AddAssign, Index, IndexMut, Not};
use std::sync::{Arc, Mutex};

use super::harness::later;
use crate::harness::{D, log, record, v};

fn make(n: &'static str) -> D {
    log(format!("new {n}"));
    D(n)
}

fn opt(n: &'static str) -> Option<D> {
    log("opt");
    Some(D(n))
}

async fn take(d: D) -> usize {
    later("take", ()).await;
    d.name().len()
}

async fn peek(d: &D) -> usize {
    later("peek", ()).await;
    d.name().len()
}

async fn take2(a: D, b: &D) -> usize {
    later("take2", ()).await;
    a.name().len() + b.name().len()
}

async fn fail(b: bool) -> Result<D, D> {
    later("fail", ()).await;
    if b { Err(D("err")) } else { Ok(D("ok")) }
}

#[derive(Debug)]
#[allow(dead_code, reason = "some are only matched")]
enum E {
    A(D),
    B { x: D, n: u32 },
    C(D, D),
    U,
}

struct Guard<'a>(&'a Cell<u32>, &'static str);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
        record(format!("guard {} {}", self.1, self.0.get()));
    }
}

struct Num(i32);

impl Add for Num {
    type Output = Num;
    fn add(self, o: Num) -> Num {
        log(format!("add {} {}", self.0, o.0));
        Num(self.0 + o.0)
    }
}

impl AddAssign<i32> for Num {
    fn add_assign(&mut self, o: i32) {
        log(format!("add_assign {o}"));
        self.0 += o;
    }
}

impl Not for Num {
    type Output = i32;
    fn not(self) -> i32 {
        log("not");
        -self.0
    }
}

struct Grid(Vec<u32>);

impl Index<(usize, usize)> for Grid {
    type Output = u32;
    fn index(&self, (a, b): (usize, usize)) -> &u32 {
        log(format!("index {a} {b}"));
        &self.0[a * 2 + b]
    }
}

impl IndexMut<(usize, usize)> for Grid {
    fn index_mut(&mut self, (a, b): (usize, usize)) -> &mut u32 {
        log(format!("index_mut {a} {b}"));
        &mut self.0[a * 2 + b]
    }
}

struct Builder {
    parts: Vec<String>,
    _d: D,
}

impl Builder {
    fn new() -> Self {
        log("builder");
        Builder {
            parts: vec![],
            _d: D("builder"),
        }
    }
    fn part_mut(&mut self, s: &str) -> &mut Self {
        log(format!("part_mut {s}"));
        self.parts.push(s.into());
        self
    }
    async fn flush(&mut self) -> usize {
        later("flush", ()).await;
        self.parts.len()
    }
}

awaits! {
    ok_err_question() -> Result<usize, D> {
        let a = make("a");
        let b = fail(false).await?;
        let c = fail(true).await?;
        Ok(b.name().len() + c.name().len())
    }
    err_match() -> usize {
        match (fail(false).await, fail(true).await) {
            (Ok(a), Ok(b)) => 0,
            (Ok(a), Err(b)) => {
                let n = peek(&a).await;
                drop(a);
                n + peek(&b).await
            }
            (Err(e), _) | (_, Err(e)) => 2,
        }
    }
    builder_mut() -> usize {
        let mut b = Builder::new();
        b.part_mut("a").part_mut("b").flush().await;
        if later("c", true).await {
            b.part_mut("c");
        }
        let n = b.flush().await;
        n
    }
    or_patterns(e: E) with (E::B { x: D("bx"), n: 3 }) -> usize {
        match e {
            E::A(d) | E::B { x: d, n: 0 } => peek(&d).await,
            E::B { x, n: n @ (1 | 3) } if later("g", n > 2).await => {
                let k = take(x).await;
                k + n as usize
            }
            E::B { x: ref y, .. } => peek(y).await,
            E::C(a, b) => take2(a, &b).await,
            E::U => 0,
        }
    }
    slices(list: Vec<u32>) with (vec![1, 2, 3, 4]) -> u32 {
        match list.as_slice() {
            [] => 0,
            [a] => later("one", *a).await,
            [first, .., last] if later("g", first > last).await => 1,
            [first, mid @ .., last] => {
                let n = later("x", mid.len() as u32).await;
                n + first + last
            }
        }
    }
    let_chain(o: Option<E>) with (Some(E::A(D("inner")))) -> usize {
        if let Some(e) = o
            && later("c1", true).await
            && let E::A(d) = e
            && peek(&d).await > 2
        {
            later("then", ()).await;
            d.name().len()
        } else {
            0
        }
    }
    let_chain_fails(o: Option<E>) with (Some(E::A(D("in")))) -> usize {
        if let Some(e) = o
            && later("c1", true).await
            && let E::A(d) = e
            && peek(&d).await > 2
        {
            1
        } else {
            later("else", ()).await;
            log("in else");
            2
        }
    }
    else_if_ladder(n: u32) with (3) -> u32 {
        if let Some(d) = opt("one").filter(|_| n == 1) {
            peek(&d).await as u32
        } else if let Some(d) = opt("two").filter(|_| n == 2) {
            take(d).await as u32
        } else if later("cond", n == 3).await {
            let _g = make("g");
            later("three", 3).await
        } else {
            4
        }
    }
    while_let_chain() -> usize {
        let mut queue = VecDeque::from([make("a"), make("bb"), make("ccc")]);
        let mut n = 0;
        while let Some(d) = queue.pop_front()
            && later("w", d.name().len() < 3).await
        {
            n += peek(&d).await;
            if n == 1 {
                queue.push_back(make("z"));
            }
        }
        log(queue.len());
        n
    }
    loop_break_guard() -> usize {
        let cell = Cell::new(0);
        let n = loop {
            let g = Guard(&cell, "loop");
            let k = g.0.get();
            drop(g);
            if later("k", k).await > 1 {
                break k;
            }
        };
        n as usize
    }
    inner_items() -> u32 {
        let a = later("x", 1).await;
        use std::cmp::max;
        struct Local(u32);
        impl Local {
            fn get(&self) -> u32 {
                self.0 * K
            }
        }
        const K: u32 = 10;
        fn helper(x: u32) -> u32 {
            x + K
        }
        let l = Local(helper(a));
        later("y", ()).await;
        max(l.get(), 3)
    }
    user_names() -> u32 {
        let (state, input, output, current, value, item, matched, awaited) = (1, 2, 3, 4, 5, 6, 7, 8);
        let x = match later("m", Some(state)).await {
            Some(value) => value + later("q", input).await,
            None => output,
        };
        let mut buffer = make("buf");
        let out = peek(&buffer).await as u32;
        x + current + value + item + matched + awaited + out
    }
    operators() -> i32 {
        let mut n = Num(1);
        n += later("p", 2).await;
        let m = Num(v("l", 10)) + Num(later("r", 5).await);
        !(n + m)
    }
    grid_index() -> u32 {
        let mut g = Grid(vec![1, 2, 3, 4]);
        g[(0, 1)] += later("a", 5).await;
        g[(1, later("b", 0).await)] = later("c", 9).await;
        g[(v("i", 0), 0)] + g[(1, later("d", 0).await)]
    }
    macros_args() -> String {
        let mut s = String::new();
        write!(s, "{}-{:?}", later("w1", 1).await, later("w2", "x").await).unwrap();
        writeln!(s).unwrap();
        assert_eq!(later("ae", 1).await, 1, "msg {}", v("never", 1));
        assert!(matches!(later("mt", Some(3)).await, Some(n) if n > 2));
        let list = vec![later("v1", 1).await, 2];
        let rep = vec![later("v2", 7).await; 2];
        let arr = [const { 3 }; 2];
        format!("{s}{list:?}{rep:?}{}", later("f", arr.len()).await)
    }
    closure_question() -> Option<u32> {
        let f = |x: Option<u32>| -> Option<u32> {
            let y = x?;
            Some(y + 1)
        };
        let a = f(later("a", Some(1)).await)?;
        let b = later("b", f(None)).await.unwrap_or(5);
        Some(a + b)
    }
    iter_closure_capture() -> usize {
        let k = make("k");
        let list: Vec<usize> = (0..3).map(|i| i + k.name().len()).collect();
        let n = later("n", list.len()).await;
        let sum: usize = list.iter().filter(|x| **x > n - 2).sum();
        sum + peek(&k).await
    }
    loop_closures() -> u32 {
        let mut fs: Vec<Box<dyn Fn() -> u32>> = vec![];
        for i in 0..3 {
            let d = later("d", i).await;
            fs.push(Box::new(move || d * i));
        }
        let mut n = 0;
        for f in &fs {
            n += later("call", f()).await;
        }
        n
    }
    nested_future_types() -> u32 {
        let f = async { later("in", 1).await };
        let g = async move { f.await + later("g", 2).await };
        Box::pin(g).await
    }
    joined_manually() -> usize {
        let mut a = Box::pin(take(make("a")));
        let mut b = Box::pin(take(make("bb")));
        let (x, y) = (a.as_mut().await, b.as_mut().await);
        log("both");
        x + y
    }
    arc_mutex() -> u32 {
        let m = Arc::new(Mutex::new(1));
        let w = Arc::downgrade(&m);
        *m.lock().unwrap() += later("x", 2).await;
        let k = *m.lock().unwrap();
        drop(m);
        later("y", k).await + w.upgrade().map_or(100, |_| 0)
    }
    map_entry() -> usize {
        let mut m: BTreeMap<String, Vec<D>> = BTreeMap::new();
        for key in ["a", "b", "a"] {
            let d = later("d", D("val")).await;
            m.entry(key.to_string()).or_default().push(d);
        }
        let first = m.remove("a").unwrap_or_default();
        later("x", ()).await;
        first.len() * 10 + m.len()
    }
    take_replace() -> usize {
        let mut o = opt("a");
        let mut d = make("d");
        let x = o.take();
        later("x", ()).await;
        let old = std::mem::replace(&mut d, make("e"));
        later("y", ()).await;
        o = Some(old);
        o.insert(later("z", D("ins")).await);
        x.map_or(0, |d| d.name().len()) + d.name().len()
    }
    drop_explicit_order() {
        let a = make("a");
        let b = make("b");
        let c = make("c");
        later("1", ()).await;
        drop(b);
        later("2", ()).await;
        let _moved = a;
        later("3", ()).await;
    }
    underscore_prefixed() -> u32 {
        let _ = make("wild");
        let _x = make("x");
        let _y = later("y", make("y")).await;
        let _ = later("z", make("z")).await;
        later("e", 1).await
    }
    forgotten() -> u32 {
        let a = make("a");
        std::mem::forget(a);
        let b = std::mem::ManuallyDrop::new(make("b"));
        later("x", 1).await + b.name().len() as u32
    }
    at_patterns(o: Option<u32>) with (Some(7)) -> u32 {
        match o {
            whole @ Some(n @ 5..=9) => later("x", n).await + whole.unwrap(),
            Some(n) => n,
            None => 0,
        }
    }
    if_value_move(c: bool) with (true) -> usize {
        let a = make("a");
        let b = make("b");
        let picked = if later("c", c).await { a } else { b };
        later("mid", ()).await;
        picked.name().len()
    }
    match_value_move(c: u32) with (1) -> usize {
        let a = make("a");
        let b = make("b");
        let p = match later("c", c).await {
            0 => a,
            1 => {
                drop(a);
                later("in", ()).await;
                b
            }
            _ => make("z"),
        };
        later("mid", ()).await;
        p.name().len()
    }
    loop_reassign() -> usize {
        let mut best = make("best");
        for n in ["a", "bb", "c"] {
            let cand = later("cand", D(n)).await;
            if cand.name().len() > 1 {
                best = cand;
            } else {
                log("skip");
            }
        }
        later("end", ()).await;
        best.name().len()
    }
    once_closure() -> usize {
        let d = make("d");
        let f = move || {
            let d = d;
            d.name().len()
        };
        later("x", ()).await;
        let n = f();
        later("y", ()).await;
        n
    }
    vec_drain() -> usize {
        let mut v = vec![make("a"), make("b"), make("c")];
        let mut n = 0;
        for d in v.drain(1..).collect::<Vec<_>>() {
            n += take(d).await;
        }
        log(v.len());
        n
    }
    return_in_match(n: u32) with (2) -> u32 {
        let g = make("g");
        let x = match n {
            0 => return later("r", 0).await,
            1 => 1,
            _ => {
                if later("c", true).await {
                    return 9;
                }
                2
            }
        };
        x
    }
    diverging_arms(n: Option<u32>) with (None) -> u32 {
        let x = match n {
            Some(x) => x,
            None => {
                later("n", ()).await;
                log("panics");
                return 5;
            }
        };
        later("x", x).await
    }
    comparison_chain() -> bool {
        later("a", 1).await < later("b", 2).await
            && later("c", "x".to_string()).await == "x"
            && !(later("d", 3).await >= 4) == true
    }
    await_mut_field() -> usize {
        struct S {
            list: Vec<u32>,
            d: D,
        }
        let mut s = S {
            list: vec![],
            d: make("d"),
        };
        async fn push(l: &mut Vec<u32>, n: u32) {
            later("push", ()).await;
            l.push(n)
        }
        push(&mut s.list, 1).await;
        push(&mut s.list, 2).await;
        s.list.len() + s.d.name().len()
    }
    tail_struct() -> E { E::B { n: later("n", 1).await, x: make("x") } }
    tail_question_map() -> Result<usize, String> {
        let d = make("d");
        Ok(fail(true).await.map_err(|e| e.name().to_string())?.name().len())
    }
}
