//! Methods, traits, generics, lifetimes.

#![allow(dead_code, unused_imports, reason = "what bodies use, each in its own way")]

use super::harness::{compare, later};
use crate::harness::{D, log, v};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

async fn bump(n: &mut u32) -> u32 {
    later("bump", ()).await;
    *n += 1;
    *n
}
async fn show(text: &str) -> usize {
    later("show", text.len()).await
}

pub struct S {
    d: D,
    n: u32,
    name: String,
    list: Vec<u32>,
}
pub fn s() -> S {
    S {
        d: D("s"),
        n: 1,
        name: "name".into(),
        list: vec![1, 2, 3],
    }
}
/// Borrows what it was made of, and is seen to drop.
struct Guarded<'s>(&'s S, #[allow(dead_code, reason = "it is there to be dropped")] D);

impl S {
    async fn lock(&self) -> Guarded<'_> {
        later("lock", ()).await;
        Guarded(self, D("guard"))
    }
}

twins! {
    S {
        [s()] fn by_ref/by_ref_o(&self, k: u32) -> u32 {
            let n = later("a", self.n).await;
            let name = &self.name;
            n + k + show(name).await as u32 + show(&self.name).await as u32
        }
        [s()] fn by_mut/by_mut_o(&mut self, k: u32) -> u32 {
            self.n += later("a", k).await;
            bump(&mut self.n).await;
            for x in &mut self.list { *x += bump(&mut self.n).await; }
            for x in self.list.iter() { self.n += later("x", *x).await }
            self.n
        }
        [s()] fn by_value/by_value_o(self, k: u32) -> u32 {
            let n = later("a", self.n).await;
            let m = show(&self.name).await as u32;
            drop(self);
            later("b", n + k + m).await
        }
        [s()] fn by_value_mut/by_value_mut_o(mut self, k: u32) -> u32 {
            bump(&mut self.n).await;
            self.n += k;
            later("b", ()).await;
            self.n
        }
        [Box::new(s())] fn by_box/by_box_o(self: Box<Self>, k: u32) -> u32 {
            show(&self.name).await as u32 + show(self.d.name()).await as u32 + k
        }
        [Rc::new(s())] fn by_rc/by_rc_o(self: Rc<Self>, k: u32) -> u32 {
            let other = Rc::clone(&self);
            later("a", self.n).await + show(&other.name).await as u32 + k
        }
        [Rc::new(s())] fn guarded_by_rc/guarded_by_rc_o(self: Rc<Self>, k: u32) -> u32 {
            let _place = self.lock().await;
            later("a", self.n + k).await
        }
        [Box::new(s())] fn guarded_by_box/guarded_by_box_o(self: Box<Self>, k: u32) -> u32 {
            let n = {
                let place = self.lock().await;
                later("a", place.0.n + k).await
            };
            later("b", n).await
        }
        [Arc::new(s())] fn by_arc/by_arc_o(self: &Arc<Self>, k: u32) -> u32 {
            later("a", self.n).await + show(&self.name).await as u32 + k
        }
        [s()] fn two/two_o(&self, k: u32) -> &str {
            if later("a", self.n > 0).await { &self.name } else { "other" }
        }
        [s()] fn nested/nested_o(&mut self, k: u32) -> u32 {
            let a = self.by_mut_o(1).await;
            let b = self.by_ref_o(2).await;
            let n = &mut self.n;
            *n += a;
            bump(n).await;
            let c = self.by_mut_o(k).await;
            a + b + c
        }
        [s()] fn found/found_o(&mut self, k: u32) -> u32 {
            match self.list.iter_mut().find(|x| **x == k) {
                Some(x) => { bump(x).await; *x += later("y", 1).await; *x }
                None => 0,
            }
        }
        [s()] fn take_field/take_field_o(&mut self, k: u32) -> String {
            let name = std::mem::take(&mut self.name);
            let k = show(&name).await;
            self.name = format!("{name}{k}");
            later("z", ()).await;
            self.name.clone()
        }
    }
}

trait T {
    async fn run(&mut self, k: u32) -> u32;
    async fn provided(&self) -> usize;
}
struct A(u32, D);
struct B(u32, D);
impl T for A {
    #[unawait::coro]
    async fn run(&mut self, k: u32) -> u32 {
        self.0 += later("t", k).await;
        bump(&mut self.0).await
    }
    #[unawait::coro]
    async fn provided(&self) -> usize {
        show(self.1.name()).await + self.0 as usize
    }
}
impl T for B {
    async fn run(&mut self, k: u32) -> u32 {
        self.0 += later("t", k).await;
        bump(&mut self.0).await
    }
    async fn provided(&self) -> usize {
        show(self.1.name()).await + self.0 as usize
    }
}
type Fut<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;
fn boxed<'a>(text: &'a str) -> Fut<'a, usize> {
    Box::pin(async move { later("boxed", text.len()).await })
}

async fn twice<F: AsyncFn(u32) -> u32>(f: F) -> u32 {
    f(1).await + f(2).await
}

awaits! {
    generic['a, T: std::fmt::Debug + Clone](x: T, text: &'a str) with (D("x"), "abc") -> (T, &'a str) {
        let y = later("a", x.clone()).await;
        log(format!("{y:?}"));
        let n = show(text).await;
        (x, &text[n - 1..])
    }
    generic_const[const N: usize](list: [u32; N]) with ([1, 2, 3]) -> u32 {
        let mut sum = 0;
        for x in list { sum += later("a", x).await; }
        for x in &list { sum += later("b", *x).await; }
        sum + N as u32
    }
    generic_trait[X: T](mut x: X) with (B(1, D("b"))) -> u32 {
        let a = x.run(1).await;
        let b = x.run(2).await;
        a + b + x.provided().await as u32
    }
    impl_trait(f: impl Fn(u32) -> u32, g: impl AsyncFn(u32) -> u32) with (|x| x + 1, async |x: u32| later("g", x).await) -> u32 {
        let a = g(f(1)).await;
        f(a) + g(2).await
    }
    async_fn_mut(mut g: impl AsyncFnMut(u32) -> u32) with (async |x: u32| later("g", x).await) -> u32 {
        g(1).await + g(2).await
    }
    async_fn_once(g: impl AsyncFnOnce(D) -> u32) with (async |x: D| later("g", x.name().len() as u32).await) -> u32 {
        let _h = D("h");
        g(D("arg")).await
    }
    async_fn_ref(g: &dyn Fn(&str) -> Fut<'static, usize>) with (&|s: &str| { let n = s.len(); Box::pin(async move { n }) as Fut<'static, usize> }) -> usize {
        let text = String::from("abc");
        let n = g(&text).await;
        n + g("x").await
    }
    passes_async_closure() -> u32 {
        let k = D("k");
        let n = twice(async |x: u32| later("c", x + k.name().len() as u32).await).await;
        n + k.name().len() as u32
    }
    boxed_futures() -> usize {
        let text = String::from("abc");
        let n = boxed(&text).await;
        let m = boxed(text.as_str()).await;
        n + m + text.len()
    }
    vec_of_futures() -> u32 {
        let mut futures = Vec::new();
        for k in 0..3 { futures.push(later("f", k)); }
        let mut sum = 0;
        for f in futures { sum += f.await; }
        sum
    }
    vec_of_boxed(texts: &[String]) with (&texts) given { let texts = ["a".to_owned(), "bb".to_owned()]; } -> usize {
        let mut futures: Vec<Fut<'_, usize>> = Vec::new();
        for t in texts { futures.push(boxed(t)); }
        let mut sum = 0;
        while let Some(f) = futures.pop() { sum += f.await; }
        sum
    }
    dyn_trait_arg(x: &mut dyn FnMut(u32) -> u32) with (&mut f) given { let mut total = 0; let mut f = |k: u32| { total += k; total }; } -> u32 {
        let a = x(1);
        let b = x(later("a", a).await);
        x(b) + later("b", x(1)).await
    }
    clash() -> usize {
        let x = D("x");
        let _x = D("_x");
        let n = show(x.name()).await;
        let m = show("a").await;
        n + m
    }
    clash_shadow() -> usize {
        let _x = D("_x");
        let _x = show(_x.name()).await;
        let x = D("x");
        let x = show(x.name()).await;
        _x + x
    }
    clash_both() -> usize {
        let x = D("x");
        let _x = D("_x");
        let x = show(x.name()).await;
        let _x = show("y").await;
        _x + x
    }
    raw_names() -> u32 {
        let r#type = later("a", 1).await;
        let r#match = later("b", r#type).await;
        r#type + r#match
    }
    our_names() -> u32 {
        let state = later("a", 1).await;
        let input = later("b", D("input")).await;
        let output = later("c", state).await;
        let awaited = show(input.name()).await as u32;
        let value = bump(&mut { output }).await;
        state + output + awaited + value
    }
    mut_args(mut a: u32, mut b: D) with (1, D("b")) -> u32 {
        a += later("x", 1).await;
        b = D("b2");
        bump(&mut a).await;
        b = later("y", D("b3")).await;
        a + b.name().len() as u32
    }
    pattern_args((a, mut b): (D, u32), [c, .., d]: [u32; 4]) with ((D("a"), 1), [1, 2, 3, 4]) -> u32 {
        b += later("x", c).await;
        bump(&mut b).await + d + a.name().len() as u32
    }
    option_ref(x: Option<&mut u32>) with (Some(&mut n)) given { let mut n = 1; } -> u32 {
        match x { Some(n) => { bump(n).await; bump(n).await } None => 0 }
    }
    option_as_deref(mut x: Option<&mut Vec<u32>>) with (Some(&mut n)) given { let mut n = vec![1]; } -> u32 {
        if let Some(list) = x.as_deref_mut() { list.push(1); }
        let n = later("a", x.as_ref().map_or(0, |l| l.len() as u32)).await;
        if let Some(list) = x { list.push(n); bump(&mut list[0]).await; return list[0]; }
        0
    }
    result_map(x: Result<u32, String>) with (Err("e".to_owned())) -> Result<u32, String> {
        let _g = D("g");
        let n = x.or_else(|e| if e == "x" { Err(e) } else { Ok(3) })?;
        Ok(later("a", n).await)
    }
    copy_struct() -> u32 {
        #[derive(Clone, Copy)] struct P(u32, u32);
        impl P { async fn grow(&mut self) -> u32 { later("g", ()).await; self.0 += 1; self.0 } }
        let mut p = P(1, 2);
        let q = p;
        p.grow().await;
        let r = p;
        p.grow().await;
        q.0 + r.0 + p.0
    }
    copy_array() -> u32 {
        let mut a = [1u32; 3];
        bump(&mut a[1]).await;
        let b = a;
        bump(&mut a[1]).await;
        for x in &mut a { bump(x).await; }
        b[1] * 100 + a[1]
    }
    copy_tuple() -> u32 {
        let mut t = (1u32, 2u32);
        bump(&mut t.0).await;
        let u = t;
        bump(&mut t.1).await;
        async { t.0 = later("z", 9).await; }.await;
        async { (t.1, _) = (later("z", 7).await, 0); }.await;
        u.0 * 1000 + t.0 * 100 + t.1
    }
    copy_assigned_in_block() -> u32 {
        let mut n = 1;
        let mut b = false;
        async { n = later("a", 2).await; }.await;
        async { n -= later("a", 1).await; b = true; }.await;
        async { n <<= 3; n |= 1; n *= 2; later("q", ()).await }.await;
        async { if let ref mut m = n { *m += later("r", 1).await; } }.await;
        n + b as u32
    }
    copy_by_closure() -> u32 {
        let mut n = 1;
        let mut add = |k| n += k;
        async { add(later("a", 2).await); add(1); }.await;
        n
    }
    copy_by_ref_local() -> u32 {
        let mut n = 1;
        let r = &mut n;
        bump(r).await;
        bump(r).await;
        *r += 1;
        n
    }
    copy_by_macro() -> u32 {
        let mut n = 1;
        macro_rules! inc { ($x:ident) => { bump(&mut $x) } }
        inc!(n).await;
        n
    }
}

/// A response, whose body can be had once.
struct Response(D);

impl Response {
    async fn text(self) -> usize {
        later("body", ()).await;
        self.0.name().len()
    }

    /// Of the same name as others that take `self`.
    async fn bytes(&self) -> usize {
        later("bytes", self.0.name().len()).await
    }
}

awaits! {
    bodies_of_responses(first: Response) with (Response(D("first"))) -> usize {
        let _before = D("before");
        let second = Response(D("second"));
        let n = first.text().await;
        let m = second.text().await;
        later("x", n + m).await
    }
    bodies_that_are_borrowed() -> usize {
        let response = Response(D("response"));
        let n = response.bytes().await + response.bytes().await;
        log("between");
        let m = later("x", n).await;
        m + response.bytes().await + { response }.text().await
    }
}

struct Line(D);

impl Line {
    async fn send(&self, n: usize) -> usize {
        later("send", n).await
    }
}

fn wanted(n: usize) -> Option<usize> {
    log(format!("wanted {n}"));
    (n < 2).then_some(n)
}

// What leaves in front of an await drops the receiver last, since the method borrows it.
awaits! {
    receiver_of_what_leaves(line: D, n: usize) with (D("line"), 1) -> Option<usize> {
        let line = Line(line);
        let _guard = D("guard");
        Some(line.send(wanted(n)?).await)
    }
    receiver_of_what_has_left(line: D) with (D("line")) -> Option<usize> {
        let line = Line(line);
        let _guard = D("guard");
        let sent = line.send(wanted(2)?).await;
        Some(sent + 1)
    }
    receiver_of_what_suspends(line: D) with (D("line")) -> usize {
        let line = Line(line);
        let _guard = D("guard");
        line.send(later("argument", 3).await).await
    }
}
