//! Bodies of many constructs at once: states that are matched, retries, guards, closures, channels, collections.

#![allow(dead_code, reason = "some of it is there to be dropped or shown only")]

use std::cell::{Cell, RefCell};
use std::collections::*;
use std::future::Future;
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use super::harness::later;
use super::stubs::*;
use crate::harness::{D, log, record};

async fn give(d: D) -> usize {
    later("give", ()).await;
    d.name().len()
}
async fn see(d: &D) -> usize {
    later("see", ()).await;
    d.name().len()
}
async fn num(n: u32) -> u32 {
    later("num", n).await
}

trait Service {
    type Out;
    async fn call(&mut self, n: u32) -> Self::Out;
    async fn both(&mut self, n: u32) -> (Self::Out, Self::Out) {
        let a = self.call(n).await;
        (a, self.call(n + 1).await)
    }
}
struct Doubler(D);
impl Service for Doubler {
    type Out = u32;
    async fn call(&mut self, n: u32) -> u32 {
        later("dbl", n * 2).await
    }
}
trait Shape {
    fn area<'a>(&'a self) -> Pin<Box<dyn Future<Output = u32> + 'a>>;
}
struct Sq(u32, D);
impl Shape for Sq {
    fn area<'a>(&'a self) -> Pin<Box<dyn Future<Output = u32> + 'a>> {
        Box::pin(async move { later("area", self.0 * self.0).await })
    }
}
#[derive(Debug, Default)]
struct Config {
    name: String,
    retries: u32,
    tags: Vec<String>,
}
struct Retry {
    left: u32,
    d: D,
}
impl Iterator for Retry {
    type Item = u32;
    fn next(&mut self) -> Option<u32> {
        log("retry");
        if self.left == 0 {
            None
        } else {
            self.left -= 1;
            Some(self.left)
        }
    }
}
#[derive(Debug, PartialEq)]
enum State {
    Idle,
    Busy(D),
    Failed { code: u32, why: D },
}

awaits! {
    service_generic() with () -> u32 {
        async fn run<S: Service<Out = u32>>(s: &mut S) -> u32 { s.call(1).await }
        let mut s = Doubler(D("s"));
        let a = run(&mut s).await;
        let (b, c) = s.both(a).await;
        later("x", ()).await;
        a + b + c + s.0.name().len() as u32
    }
    dyn_shapes() with () -> u32 {
        let shapes: Vec<Box<dyn Shape>> = vec![Box::new(Sq(2, D("a"))), Box::new(Sq(3, D("b")))];
        let mut sum = 0;
        for s in &shapes { sum += s.area().await; }
        for s in shapes { sum += s.area().await; }
        sum
    }
    state_machine() with () -> Vec<String> {
        let mut state = State::Idle;
        let mut out = Vec::new();
        loop {
            out.push(format!("{state:?}"));
            state = match state {
                State::Idle => State::Busy(later("busy", D("job")).await),
                State::Busy(job) if out.len() > 3 => { drop(job); break }
                State::Busy(job) => { see(&job).await; State::Failed { code: 3, why: job } }
                State::Failed { code, why } if code > 2 => { later("fix", ()).await; State::Busy(why) }
                State::Failed { .. } => State::Idle,
            };
        }
        later("end", out).await
    }
    state_by_take() with () -> usize {
        let mut slot = Some(D("slot"));
        let mut n = 0;
        while let Some(d) = slot.take() {
            let k = see(&d).await;
            if n < 2 { slot = Some(d); n += k; } else { give(d).await; }
        }
        n
    }
    retry_loop(fail: u32) with (2) -> Result<u32, D> {
        let policy = Retry { left: 3, d: D("policy") };
        let mut last = None;
        for attempt in policy {
            let span = D("span");
            match later("try", if attempt >= fail { Err(D("err")) } else { Ok(attempt) }).await {
                Ok(n) => return Ok(n),
                Err(e) => { last = Some(e); later("sleep", ()).await; }
            }
        }
        Err(last.unwrap_or(D("none")))
    }
    config_builder() with () -> Config {
        let mut c = Config::default();
        c.name = later("name", "n".to_owned()).await;
        c.retries += later("r", 2).await;
        c.tags.push(later("t", "tag".to_owned()).await);
        let c2 = Config { name: later("n2", "x".to_owned()).await, ..c };
        later("end", ()).await;
        Config { retries: c2.retries + 1, ..c2 }
    }
    nested_match_await() with () -> usize {
        let d = D("d");
        match match later("a", Some(1)).await { Some(n) => later("b", Ok::<u32, D>(n)).await, None => Err(D("none")) } {
            Ok(1) => { let e = later("e", D("e")).await; see(&e).await + see(&d).await }
            Ok(n) => n as usize,
            Err(d) => give(d).await,
        }
    }
    await_in_guardlike_cond(list: Vec<u32>) with (vec![3, 4, 5]) -> u32 {
        let mut sum = 0;
        for n in list {
            if n % 2 == 0 && num(n).await > 3 || num(n + 1).await == 6 { sum += n; continue; }
            sum += if num(n).await > 2 { 100 } else { continue };
        }
        sum
    }
    let_chain_while() with () -> u32 {
        let mut it = vec![Some(1), Some(2), None, Some(3)].into_iter();
        let mut sum = 0;
        while let Some(x) = it.next() && let Some(y) = x && num(y).await < 3 { sum += y; }
        sum + it.count() as u32
    }
    closure_fnmut_counter() with () -> u32 {
        let mut count = 0;
        let mut tick = || { count += 1; count };
        let a = tick();
        let b = num(tick()).await;
        let c = tick() + num(1).await;
        num(0).await;
        a + b + c + count
    }
    caller_location() with () -> bool {
        #[track_caller] fn here() -> u32 { Location::caller().line() }
        let a = here();
        let b = later("x", here()).await;
        a + 1 == b
    }
    panic_caught_inside() with () -> usize {
        let d = D("d");
        let r = catch_unwind(AssertUnwindSafe(|| { record("in".into()); d.name().len() }));
        later("x", ()).await;
        r.unwrap_or(0)
    }
    drop_order_tuple_struct() with () -> usize {
        struct T(D, D);
        let t = T(later("a", D("a")).await, later("b", D("b")).await);
        let u = [T(D("c"), D("d")), T(D("e"), later("f", D("f")).await)];
        let n = later("n", u.len()).await;
        let T(x, y) = t;
        later("z", ()).await;
        n + x.name().len()
    }
    early_drop_explicit() with () -> usize {
        let a = D("a"); let b = D("b"); let c = D("c");
        later("1", ()).await;
        drop(b);
        later("2", ()).await;
        let d = { let _moved = a; later("3", D("d")).await };
        later("4", ()).await;
        std::mem::drop(c);
        std::mem::forget(D("never"));
        d.name().len()
    }
    move_in_loop_break(list: Vec<u32>) with (vec![1, 2, 3]) -> Option<usize> {
        let token = D("token");
        for n in list {
            if num(n).await == 2 { let t = token; later("use", ()).await; return Some(t.name().len()); }
        }
        later("unused", ()).await;
        drop(token);
        None
    }
    move_both_branches(c: bool) with (false) -> usize {
        let d = D("d"); let e = D("e");
        let n = if c { give(d).await } else { let x = (d, e); later("x", ()).await; let (_a, b) = x; return give(b).await };
        later("after", n).await
    }
    option_combinators() with () -> usize {
        let d = Some(D("d"));
        let n = d.as_ref().map_or(0, |d| d.name().len());
        later("x", ()).await;
        let m = match d.as_ref() { Some(d) => see(d).await, None => 0 };
        let k = if let Some(d) = &d { see(d).await } else { 0 };
        let o = d.ok_or("none").map(|d| d.name().len());
        later("y", ()).await;
        n + m + k + o.unwrap()
    }
    vec_of_results(list: Vec<&str>) with (vec!["1", "2", "x"]) -> Result<Vec<u32>, String> {
        let mut out = Vec::with_capacity(list.len());
        for (i, s) in list.into_iter().enumerate() {
            let n: u32 = later("parse", s.parse::<u32>()).await.map_err(|e| format!("{i}: {e}"))?;
            out.push(n * num(10).await);
        }
        Ok(out)
    }
    hash_counts(text: &str) with ("a b a") -> Vec<(String, usize)> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for w in text.split(' ') { *counts.entry(w.to_owned()).or_insert(0) += later("one", 1).await; }
        let mut list: Vec<_> = counts.into_iter().collect();
        list.sort_by(|a, b| b.1.cmp(&a.1));
        later("x", ()).await;
        list
    }
    entry_match() with () -> usize {
        use std::collections::btree_map::Entry;
        let mut m = BTreeMap::from([(1, D("one"))]);
        for k in [1, 2] {
            match m.entry(k) {
                Entry::Occupied(mut o) => { let old = o.insert(later("new", D("new")).await); give(old).await; }
                Entry::Vacant(v) => { v.insert(later("vac", D("vac")).await); }
            }
        }
        m.len()
    }
    arc_clone_move_async() with () -> usize {
        let a = Arc::new(D("a"));
        let tasks: Vec<_> = (0..2).map(|i| { let a = Arc::clone(&a); async move { later("t", ()).await; a.name().len() + i } }).collect();
        let mut n = 0;
        for t in tasks { n += t.await; }
        n + Arc::strong_count(&a)
    }
    join_all_like() with () -> Vec<u32> {
        let d = D("d");
        let all = futures::future::join_all((0..3).map(|n| async move { num(n).await + 1 })).await;
        later("x", all.clone()).await;
        let f = futures::future::join(num(1), see(&d)).await;
        let mut all = all; all.push(f.0 + f.1 as u32);
        all
    }
    ready_chain() with () -> u32 {
        use futures::FutureExt;
        let a = num(1).map(|n| n + 1).await;
        let b = num(a).then(|n| num(n + 1)).await;
        let c = async { num(b).await + 1 }.boxed_local().await;
        c
    }
    stream_consumption() with () -> u32 {
        use futures::StreamExt;
        let d = D("d");
        let mut s = futures::stream::iter(vec![1, 2, 3]).filter(|n| std::future::ready(n % 2 == 1)).map(|n| n * 2);
        let mut sum = 0;
        while let Some(n) = s.next().await { sum += num(n).await; }
        sum
    }
    channel_pair() with () -> usize {
        let (tx, mut rx) = mpsc::channel(4);
        tx.send(D("a")).await.ok();
        tx.send(D("b")).await.ok();
        drop(tx);
        let mut n = 0;
        while let Some(d) = rx.recv().await { n += give(d).await; }
        n
    }
    select_loop() with () -> u32 {
        use futures::FutureExt;
        let mut ticks = 0;
        let mut work = Box::pin(num(5).fuse());
        let r = loop {
            let mut tick = Box::pin(later("tick", ()).fuse());
            futures::select_biased! {
                n = work => break n,
                _ = tick => { ticks += 1; if ticks > 3 { break 0; } }
            }
        };
        later("end", r).await + ticks
    }
    numbers_shadowed_types() with () -> String {
        let x = later("1", "5").await;
        let x: u32 = x.parse().unwrap();
        let x = later("2", x as f64 / 2.0).await;
        let x = format!("{x:.1}");
        later("3", 1).await.to_string() + &x
    }
    big_tuple_returns() with () -> (u32, String, Option<D>) {
        let (a, mut b, c) = later("t", (1, String::from("b"), Some(D("c")))).await;
        b.push_str(later("s", "more").await);
        later("u", ()).await;
        (a + 1, b, c)
    }
    nested_loops_iter_state(grid: [[u32; 2]; 2]) with ([[1, 2], [3, 4]]) -> u32 {
        let mut sum = 0;
        'rows: for (y, row) in grid.iter().enumerate() {
            for x in (0..row.len()).rev() {
                if num(row[x]).await == 3 { continue 'rows; }
                sum += row[x] * y as u32 + grid[x][y];
            }
            sum += num(100).await;
        }
        sum
    }
    try_block_like() with () -> Result<usize, String> {
        let mut tries = 0;
        let out = loop {
            tries += 1;
            let r: Result<usize, String> = async { let n = later("n", tries).await; if n < 3 { return Err(format!("{n}")); } Ok(n) }.await;
            match r { Ok(n) => break n, Err(e) if e == "9" => return Err(e), Err(_) => continue }
        };
        Ok(out + later("end", 1).await)
    }
    copy_in_moved_closure() with () -> u32 {
        let n = num(3).await;
        let f = move || n * 2;
        let m = num(f()).await;
        f() + n + m
    }
    assert_messages(n: u32) with (3) -> u32 {
        let d = D("d");
        debug_assert!(n > 0);
        assert_ne!(num(n).await, 0, "n was {n}");
        assert!(matches!(num(n).await, 1..=3));
        n
    }
    if_else_chain(n: u32) with (2) -> &'static str {
        let d = D("d");
        if num(n).await == 0 { "zero" } else if let Some(x) = later("o", Some(n)).await && x == 2 { later("two", ()).await; "two" } else if num(n).await == 3 { "three" } else { later("many", "many").await }
    }
    return_in_args() with () -> usize {
        let d = D("d");
        let f = |a: usize, b: usize| a + b;
        f(later("a", 1).await, if d.name() == "x" { return later("r", 0).await } else { see(&d).await })
    }
    underscore_patterns() with () -> usize {
        let _ = later("a", D("gone")).await;
        let (_, b) = later("p", (D("l"), D("r"))).await;
        let _keep = later("k", D("keep")).await;
        later("x", b.name().len()).await
    }
    ref_mut_args(list: &mut Vec<D>, n: &mut u32) with (&mut l, &mut k) given { let (mut l, mut k) = (vec![D("z")], 4); } -> usize {
        *n += num(1).await;
        list.push(later("p", D("p")).await);
        for d in list.iter() { *n += see(d).await as u32; }
        let first = list.first_mut().unwrap();
        *first = later("f", D("f")).await;
        later("x", ()).await;
        list.retain(|d| d.name() != "p");
        list.len() + *n as usize
    }
    mixed_guards() with () -> u32 {
        let m = Mutex::new(1);
        let r = Mutex::new(vec![2, 3]);
        let mut sum = 0;
        {
            let mut g = m.lock().await;
            *g += 1;
            for n in r.lock().await.iter() { sum += num(*n).await; *g += 1; }
        }
        *m.lock().await += num(1).await;
        r.lock().await.push(sum);
        let last = *m.lock().await;
        sum + last + r.lock().await.len() as u32
    }
    cell_updates() with () -> u32 {
        let c = Cell::new(1);
        let r = RefCell::new(String::new());
        for _ in 0..2 { c.set(c.get() + num(1).await); r.borrow_mut().push('x'); }
        let text = r.into_inner();
        num(c.get()).await + text.len() as u32
    }
    weak_upgrade() with () -> usize {
        let rc = Rc::new(D("rc"));
        let weak = Rc::downgrade(&rc);
        if let Some(d) = weak.upgrade() { see(&d).await; }
        drop(rc);
        later("x", ()).await;
        match weak.upgrade() { Some(d) => see(&d).await, None => later("dead", 7).await }
    }
}
