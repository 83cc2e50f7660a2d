//! Guards of locals within operands: of conditions, assignments, scrutinees, ranges and of other operands.

#![allow(dead_code, reason = "some of it is there to be dropped or shown only")]

use std::cell::{RefCell, RefMut};
use std::ops::{Deref, DerefMut};

use super::harness::later;
use super::stubs::*;
use crate::harness::{D, log};

/// What is borrowed at once, and by an await: both guards say when they drop.
struct Table(RefCell<Vec<u32>>, D);

fn table(name: &'static str, list: Vec<u32>) -> Table {
    Table(RefCell::new(list), D(name))
}

impl Table {
    fn borrow(&self) -> Borrowed<'_> {
        log("borrow");
        Borrowed(self.0.borrow_mut(), D("borrowed"))
    }
    async fn lock(&self) -> Borrowed<'_> {
        later("lock", ()).await;
        Borrowed(self.0.borrow_mut(), D("locked"))
    }
    async fn read(&self) -> Result<Borrowed<'_>> {
        later("read", ()).await;
        Ok(Borrowed(self.0.borrow_mut(), D("reader")))
    }
}

struct Borrowed<'t>(RefMut<'t, Vec<u32>>, D);

impl Deref for Borrowed<'_> {
    type Target = Vec<u32>;
    fn deref(&self) -> &Vec<u32> {
        &self.0
    }
}

impl DerefMut for Borrowed<'_> {
    fn deref_mut(&mut self) -> &mut Vec<u32> {
        &mut self.0
    }
}

fn d(name: &'static str) -> D {
    log(name);
    D(name)
}

fn see(_: &D, n: usize) -> usize {
    log("see");
    n
}

fn take2(a: usize, b: usize) -> usize {
    log("take2");
    a + b
}

fn see_d(d: D, n: usize) -> D {
    log(n);
    d
}

awaits! {
    in_a_tuple(n: u32) with (0) -> usize { let t = Mutex::new(vec![1]); let q = (d("own"), see(&d("tmp2"), t.lock().await.len())); later("z", 1).await }
    in_the_tail(t: Mutex<Vec<u32>>) with (Mutex::new(vec![1])) -> (D, usize) { (d("own"), see(&d("tmp2"), t.lock().await.len())) }
    cond_guards(n: usize) with (0) -> usize {
        let t = table("t", vec![1, 2]);
        let y = D("y");
        if 2 * (t.borrow().len() + later("x", 1usize).await) > 2 { log("then"); let z = D("z"); later("in", ()).await; } else { log("n"); }
        let mut k = 0;
        while t.borrow().len() + later("w", k).await < 4 { k += 1; let z = D("z"); if k == 9 { return 3; } later("in", ()).await; }
        if n == 0 && t.borrow().len() == later("q", 2).await { log("both"); }
        if n == 0 && t.borrow().len() == later("q", 2).await && let Some(x) = later("o", Some(d("opt"))).await { later("both", ()).await; }
        k
    }
    assign_guards(n: usize) with (0) -> usize {
        let t = table("t", vec![1, 2]);
        let y = D("y");
        let mut k = 0;
        k = t.borrow().len() + later("a", 3).await;
        k += 2 * (t.borrow().len() + later("b", 3).await);
        let mut x = d("x");
        x = see_d(d("new"), take2(t.borrow().len(), later("c", 1).await));
        let m; m = t.lock().await.len();
        let r = 3 + t.borrow().len() * later("e", 2).await;
        t.borrow()[0] = later("f", 5).await;
        k + r + m
    }
    if_else_value(n: usize) with (0) -> usize {
        let t = Mutex::new(vec![1, 2]);
        let y = D("y");
        let r = if let Some(x) = t.lock().await.pop() { log("p"); x } else { later("e", 4).await };
        if let Some(x) = t.lock().await.pop() { log("p"); } else if let Some(y) = t.lock().await.pop() { later("pp", ()).await; }
        if let Some(x) = t.lock().await.pop() { log("p"); } else { later("pp", ()).await; }
        for i in 0..t.lock().await.len() + 1 { later("l", i).await; }
        while let Some(i) = t.lock().await.pop() { later("l", i).await; }
        r as usize + later("z", 1).await
    }
    q_in_cond(n: usize) with (0) -> Result<usize, AppError> {
        let t = table("t", vec![1, 2]);
        let y = D("y");
        if t.borrow().len() == later("q", if n == 0 { Ok(2) } else { Err(AppError("a".into())) }).await? { log("both"); }
        while t.read().await?.len() > later("w", 1).await { t.lock().await.pop(); }
        let mut list = vec![];
        for i in 0..3usize { let z = D("z"); if t.borrow().len() + i == later("b", 2).await { break; } if t.lock().await.len() == 7 { return Ok(4); } list.push(i); }
        if t.borrow().len() == later("q", if n == 0 { Err(AppError("a".into())) } else { Ok(1) }).await? { log("both"); }
        Ok(list.len())
    }
    return_in_cond(list: Vec<usize>) with (vec![1, 2, 3]) -> usize {
        let t = table("t", vec![1, 2]);
        for n in list {
            let y = D("y");
            if t.borrow().len() == (if n == 2 { later("c", ()).await; continue } else if n == 3 { return 5 } else { later("k", 4).await }) { log("s"); }
            log("end");
        }
        6
    }
    scrutinee_args(n: usize) with (0) -> usize {
        let t = table("t", vec![1, 2]);
        let y = D("y");
        match take2(t.lock().await.len(), 3) { 5 => log("five"), _ => log("other") }
        if let Some(x) = Some(take2(t.lock().await.len(), 3)) { log("x"); later("g", ()).await; }
        for i in 0..t.borrow().len() * 2 { let z = D("z"); later("i", i).await; if i == 2 { break; } }
        for i in take2(1, t.borrow().len())..5 { later("j", i).await; }
        match t.lock().await.len() + take2(3, 0) { 5 => log("five"), _ => log("other") }
        while let 1 = take2(0, t.lock().await.pop().unwrap_or(4) as usize) % 2 { later("j", ()).await; }
        1
    }
    nested_operands(n: usize) with (0) -> usize {
        let t = table("t", vec![1, 2]);
        let l = [t.borrow().len(), later("a", 1).await];
        let m = -((t.borrow().len() as i32) + later("b", 1).await) as i64;
        let k = take2(1, take2(t.borrow().len() as usize * 2, later("c", 2).await));
        let q = (k, [t.borrow().len() as u8, later("d", 3).await], d("last"));
        later("e", l[0] + q.0).await + m as usize
    }
}
