//! What blocks and closures take on some paths: variables drop in their turn, the younger ones first.

#![allow(dead_code, reason = "some of it is there to be dropped or shown only")]

use std::collections::*;

use super::harness::later;
use crate::harness::{D, log, v};

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
#[derive(Debug)]
enum Ev {
    Msg { text: D, from: D },
    Key(D, D),
    Tick { n: u32, d: D },
    Quit,
}
fn ev(n: u32) -> Ev {
    match n {
        0 => Ev::Msg {
            text: D("text"),
            from: D("from"),
        },
        1 => Ev::Key(D("k1"), D("k2")),
        2 => Ev::Tick { n: 3, d: D("tick") },
        _ => Ev::Quit,
    }
}
async fn next(n: u32) -> Result<Ev, String> {
    later("next", ()).await;
    if n > 5 { Err("end".into()) } else { Ok(ev(n)) }
}
async fn list() -> Vec<D> {
    later("list", ()).await;
    vec![D("l1"), D("l2"), D("l3")]
}

awaits! {
    given_in_arm(c: bool) with (true) -> usize {
        let a = D("a");
        let _b = D("b");
        let n = match next(0).await { Ok(Ev::Msg { text, .. }) => { let k = see(&text).await; if c { give(a).await; } k } _ => 1 };
        log("after");
        later("x", n).await
    }
    given_in_arm_not(c: bool) with (false) -> usize {
        let a = D("a");
        let _b = D("b");
        let n = match next(0).await { Ok(Ev::Msg { text, .. }) => { let k = see(&text).await; if c { give(a).await; } k } _ => 1 };
        log("after");
        later("x", n).await
    }
    given_in_loop_of_new(c: u32) with (1) -> usize {
        let a = D("a");
        let _b = D("b");
        let mut n = 0;
        for d in list().await.iter() {
            n += see(d).await;
            if n == 4 { give(a).await; break; }
            if c == 9 { return give(a).await; }
        }
        log("after");
        later("x", n).await
    }
    given_in_loop_of_local(c: u32) with (1) -> usize {
        let a = D("a");
        let _b = D("b");
        let table = BTreeMap::from([(D("x"), 1), (D("y"), 1)]);
        let mut n = 0;
        for d in table.keys() {
            n += see(d).await;
            if n == 4 { give(a).await; break; }
            if c == 9 { return give(a).await; }
        }
        log("after");
        later("x", n).await
    }
    in_a_block_of_the_user(c: u32) with (1) -> usize {
        let a = D("a");
        let _b = D("b");
        let n = async { later("q", ()).await; if c == 2 { give(a).await } else { 1 } }.await;
        later("x", n).await
    }
    in_a_last_block(c: u32) with (1) -> usize {
        let a = D("a");
        let _b = D("b");
        async { later("q", ()).await; if c == 2 { give(a).await } else { 1 } }.await
    }
    in_a_last_block_that_does(c: u32) with (2) -> usize {
        let a = D("a");
        let _b = D("b");
        async { later("q", ()).await; if c == 2 { give(a).await } else { 1 } }.await
    }
    block_branches(c: u32) with (1) -> usize {
        let a = D("a");
        let _b = D("b");
        let n = async { later("q", ()).await; if c == 2 { give(a).await } else { later("z", ()).await; give(a).await + 1 } }.await;
        later("x", n).await
    }
    block_branches_none(c: u32) with (3) -> usize {
        let a = D("a");
        let _b = D("b");
        let n = async { later("q", ()).await; match c { 1 => give(a).await, 2 => { later("z", ()).await; give(a).await + 1 } _ => 0 } }.await;
        later("x", n).await
    }
    move_block_reads() with () -> usize {
        let a = D("a");
        let _b = D("b");
        let n = async move { later("q", ()).await; a.name().len() + see(&a).await + a.name().len() }.await;
        later("x", n).await
    }
    move_block_kept() with () -> usize {
        let a = D("a");
        let f = async move { later("q", ()).await; a.name().len() + see(&a).await + a.name().len() };
        let _b = D("b");
        later("y", ()).await;
        let n = f.await;
        later("x", n).await
    }
    move_closure_reads() with () -> usize {
        let a = D("a");
        let f = move |k: usize| a.name().len() + a.name().len() + k;
        let _b = D("b");
        let n = later("y", f(1)).await;
        later("x", f(n)).await
    }
    once_closure_paths(c: bool) with (true) -> usize {
        let a = D("a");
        let f = move || if c { drop(a); 1 } else { let z = a; z.name().len() };
        let _b = D("b");
        later("y", ()).await;
        let n = f();
        later("x", n).await
    }
    numbers_in_blocks() with () -> u32 {
        let n = num(2).await;
        let m = async { num(n).await + num(n).await }.await;
        let k = async move { num(m).await + num(m).await }.await;
        num(n + m + k).await
    }
    returns_out_of_nested(list0: Vec<u32>) with (vec![1, 0, 2]) -> Result<usize, String> {
        let a = D("a");
        'outer: for n in list0 {
            let r = D("round");
            for d in list().await.iter().rev() {
                let inner = D("inner");
                match next(n).await? {
                    Ev::Msg { text, .. } => { if see(&text).await == 4 { continue 'outer; } }
                    Ev::Key(k, _) => { give(k).await; if d.name() == "l2" { break; } }
                    Ev::Tick { d: t, .. } => { see(&t).await; if d.name() == "l3" { break 'outer; } return Ok(3); }
                    Ev::Quit => {}
                }
                log("next");
            }
            log("row");
            later("row", ()).await;
        }
        drop(a);
        Ok(later("end", 1).await)
    }
    variable_used_after(e: Option<(D, D)>) with (Some((D("a"), D("b")))) -> usize {
        let copy = D("copy");
        let mut n = 0;
        match e { Some((x, _)) if v("guard", true) => { n += see(&x).await; n += see(&copy).await; } _ => {} }
        n += see(&copy).await;
        later("x", n).await
    }
    mutated_inside(e: Ev) with (Ev::Key(D("a"), D("b"))) -> usize {
        let mut seen = Vec::new();
        let mut n = 0;
        if let Ev::Key(k, _) = e { seen.push(k); n += 1; later("x", ()).await; }
        seen.push(D("more"));
        n += seen.len();
        later("y", n).await
    }
    reassigned(mut e: Ev) with (Ev::Key(D("a"), D("b"))) -> usize {
        let mut n = 0;
        match e { Ev::Key(k, _) => { n += see(&k).await; } _ => {} }
        e = ev(0);
        if let Ev::Msg { from, .. } = e { n += give(from).await; }
        e = later("again", ev(2)).await;
        match &e { Ev::Tick { d, .. } => { n += see(d).await; } _ => {} }
        n
    }
    younger_between(e: Ev) with (Ev::Msg { text: D("t"), from: D("f") }) -> usize {
        let y = D("y");
        let n = match e { Ev::Msg { text, .. } => { let z = D("z"); give(text).await } _ => 0 };
        let w = D("w");
        later("x", n).await;
        drop(y);
        later("q", n).await
    }
    in_block(e: Ev) with (Ev::Msg { text: D("t"), from: D("f") }) -> usize {
        let n = { let o = D("o"); let e = e; match e { Ev::Msg { text, .. } => see(&text).await, Ev::Key(..) => 1, _ => 2 } };
        log("after");
        later("x", n).await
    }
    in_loop_with_value() with () -> usize {
        let mut n = 0;
        let r = loop {
            let g = D("g");
            match next(n).await {
                Ok(Ev::Msg { text, .. }) => { n += 1; see(&text).await; }
                Ok(Ev::Key(a, _)) => { n += 1; if see(&a).await == 9 { break 9; } continue; }
                Ok(Ev::Tick { d, .. }) => break give(d).await,
                Ok(Ev::Quit) | Err(_) => break 0,
            }
            log("again");
        };
        later("r", r).await
    }
    while_let_new_borrow() with () -> usize {
        let mut i = 0;
        let mut n = 0;
        let older = D("older");
        while let Some(d) = list().await.get(i) {
            let r = D("r");
            i += 1;
            if i == 2 { continue; }
            n += see(d).await;
        }
        log("end");
        n + see(&older).await
    }
    else_branch_drop() with () -> usize {
        let n = if let Some(d) = list().await.get(7) { see(d).await } else { later("else", 3).await };
        log("after");
        let m = if let [a, ..] = list().await.as_slice() && later("c", true).await { see(a).await } else { later("no", 1).await };
        n + later("m", m).await
    }
    option_match_tail(c: bool) with (true) -> Option<usize> {
        let g = D("g");
        let d = D("d");
        match later("o", Some((D("x"), D("y")))).await {
            Some((x, _)) => { later("t", c.then_some(())).await?; Some(give(x).await + see(&d).await) }
            None => None,
        }
    }
    argument_struct(Pair2 { a, b: _ }: Pair2, q: D) with (Pair2 { a: D("a"), b: 3 }, D("q")) -> usize {
        later("x", ()).await;
        a.name().len() + q.name().len()
    }
    changed_place_order() with () -> u32 {
        let mut c = Counter(0, D("counter"));
        let y = D("y");
        *c.slot().await += num(2).await;
        *c.slot().await = num(3).await + c_read(&y).await;
        c.me().await.0 += 1;
        drop(y);
        num(c.0).await
    }
}
#[derive(Debug)]
struct Pair2 {
    a: D,
    b: u32,
}
struct Counter(u32, D);
impl Counter {
    async fn slot(&mut self) -> &mut u32 {
        later("slot", ()).await;
        &mut self.0
    }
    async fn me(&mut self) -> &mut Self {
        later("me", ()).await;
        self
    }
}
async fn c_read(d: &D) -> u32 {
    later("c_read", d.name().len() as u32).await
}
