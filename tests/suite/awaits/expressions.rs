//! Awaits in all positions of expressions, patterns and control flow.

#![allow(dead_code, unused_imports, reason = "what bodies use, each in its own way")]

use super::harness::later;
use crate::harness::{D, log, v};
use std::future::{Future, IntoFuture};
use std::pin::{Pin, pin};

async fn bump(n: &mut u32) -> u32 {
    later("bump", ()).await;
    *n += 1;
    *n
}
struct Lazy(&'static str, u32, D);
impl IntoFuture for Lazy {
    type Output = u32;
    type IntoFuture = super_later::L;
    fn into_future(self) -> Self::IntoFuture {
        log("into");
        later(self.0, self.1)
    }
}
mod super_later {
    pub type L = super::super::harness::Later<u32>;
}
struct P {
    x: u32,
    y: u32,
}
fn i(n: usize) -> usize {
    log(format!("i{n}"));
    n
}

awaits! {
    ends_with_an_assignment(n: D, mut m: u32) with (D("n"), 2) {
        log(later("a", m).await);
        m = 5
    }
    ends_with_a_compound_assignment(mut n: u32, c: bool) with (1, true) {
        later("a", ()).await;
        if c { n += later("b", 1).await } else { n -= 1 }
    }
    ends_with_a_sum(n: D, mut m: u32) with (D("n"), 1) {
        later("a", ()).await;
        m += v("one", 1)
    }
    compound_local() -> u32 {
        let mut s = 1;
        s += later("a", s).await;
        s *= 2 + later("b", 3).await;
        s
    }
    compound_changed() -> u32 {
        let mut s = 1;
        s += { let x = later("a", 1).await; s = 10; x };
        s += async { later("q", 1).await }.await;
        s
    }
    compound_lent() -> u32 {
        let mut s = 1;
        s += bump(&mut s).await;
        s = s + bump(&mut s).await;
        s
    }
    compound_index() -> u32 {
        let mut list = [1, 2, 3];
        list[i(1)] += later("a", 5).await;
        let mut list2 = vec![1, 2, 3];
        list2[i(2)] += later("b", 5).await;
        list2[i(0)] = later("c", 7).await;
        list[1] + list2[2] + list2[0]
    }
    index_out_of_bounds() -> u32 {
        let list = vec![1, 2, 3];
        let k = 5;
        list[later("i", k).await]
    }
    index_oob_assign() -> u32 {
        let mut list = vec![1, 2, 3];
        list[7] = later("i", 1).await;
        0
    }
    struct_literal() -> u32 {
        let p = P { y: later("y", 1).await, x: v("x", 2) };
        let q = P { x: later("x2", 7).await, ..p };
        q.x * 10 + q.y
    }
    tuple_array() -> u32 {
        let t = (v("a", D("a")), later("b", D("b")).await, v("c", D("c")));
        let a = [later("d", 1).await, later("e", 2).await];
        let r = [later("f", 1).await; 2];
        a[0] + a[1] + r[1]
    }
    range() -> u32 {
        let mut s = 0;
        for x in later("lo", 1).await..later("hi", 4).await { s += x; }
        for x in later("lo", 1).await..=2 { s += x; }
        s
    }
    cast_neg() -> i64 {
        -(later("a", 3i32).await as i64) + !later("b", 0i64).await
    }
    deref_ref() -> u32 {
        let b = *later("a", Box::new(3u32)).await;
        let r = &later("b", 4u32).await;
        b + *r
    }
    method_chain() -> usize {
        later("a", Some("abc")).await.map(|s| s.len()).unwrap_or(0) + later("b", vec![1, 2]).await.iter().map(|x| x * 2).count()
    }
    call_args() -> u32 {
        fn f(a: u32, b: u32, c: u32) -> u32 { log("f"); a * 100 + b * 10 + c }
        f(v("a", 1), later("b", 2).await, f(later("c", 3).await, v("d", 4), later("e", 5).await))
    }
    callee_await() -> u32 {
        (later("f", |x: u32| x + 1).await)(later("x", 2).await)
    }
    await_in_condition() -> u32 {
        if later("a", true).await && !later("b", false).await { 1 } else { 2 }
    }
    if_let_chain(x: Option<u32>) with (Some(3)) -> u32 {
        if let Some(n) = later("a", x).await && n > later("b", 1).await && let Some(m) = later("c", Some(n)).await {
            let _g = D("g");
            later("in", n + m).await
        } else {
            later("else", 0).await
        }
    }
    while_chain() -> u32 {
        let mut list = vec![1, 2, 3];
        let mut s = 0;
        while let Some(x) = list.pop() && later("c", x > 1).await { s += x; }
        s
    }
    match_scrutinee() -> u32 {
        match (later("a", 1).await, later("b", D("b")).await) {
            (1, d) if d.name().len() > later("g", 3).await as usize => 1,
            (n, ref d) if later("g2", n == 1).await => d.name().len() as u32,
            (_, _) => 3,
        }
    }
    match_guard_moves() -> usize {
        let value = Some(D("v"));
        match value {
            Some(d) if later("g", d.name() == "w").await => d.name().len() + 10,
            Some(d) => { log("second"); later("x", d).await.name().len() }
            None => 0,
        }
    }
    match_guard_ref_at() -> u32 {
        match later("n", 5u32).await {
            n @ 0..=3 => n,
            n @ (4 | 5) if later("g", n == 4).await => n * 10,
            n => later("last", n * 100).await,
        }
    }
    labelled() -> u32 {
        let x = 'a: {
            let _g = D("g");
            if later("c", true).await { break 'a later("v", 3).await; }
            4
        };
        let y = loop { let _h = D("h"); if later("d", true).await { break x + later("w", 1).await; } };
        x + y
    }
    nested_loops() -> u32 {
        let mut n = 0;
        'o: for a in 0..3 {
            let _a = D("a");
            for b in 0..3 {
                let _b = D("b");
                n += later("x", a * b).await;
                if b == 1 { continue 'o; }
                if a == 2 { break 'o; }
            }
        }
        n
    }
    let_else_await() -> u32 {
        let Some(x) = later("a", Some(1)).await else { return later("e", 0).await };
        let Ok(y) = later("b", Err::<u32, D>(D("err"))).await else { log("else"); let _g = D("g"); return x + later("e2", 10).await };
        y
    }
    let_else_loop() -> u32 {
        let mut s = 0;
        for k in 0..3 {
            let Some(x) = later("a", (k != 1).then_some(D("some"))).await else { later("skip", ()).await; continue };
            s += x.name().len() as u32;
        }
        s
    }
    underscore() {
        let _ = later("a", D("a")).await;
        _ = later("b", D("b")).await;
        later("c", D("c")).await;
        let _x = later("d", D("d")).await;
        let (_, _y) = later("e", (D("e1"), D("e2"))).await;
        log("end");
    }
    stored_future() -> u32 {
        let a = later("a", 1);
        let b = later("b", 2);
        let y = b.await;
        let _g = D("g");
        a.await + y
    }
    mut_ref_future() -> u32 {
        let mut fut = later("a", 1);
        let _g = D("g");
        let x = (&mut fut).await;
        log("after");
        x
    }
    pinned_box() -> u32 {
        let mut fut: Pin<Box<dyn Future<Output = u32>>> = Box::pin(later("a", 1));
        let x = fut.as_mut().await;
        let y = async { 2 }.await;
        x + y
    }
    into_future() -> u32 {
        let lazy = Lazy("lazy", 4, D("lazy"));
        let a = Lazy("l2", 1, D("l2")).await;
        let _g = D("g");
        a + lazy.await
    }
    async_closure() -> u32 {
        let k = 3;
        let f = async |x: u32| later("c", x + k).await;
        f(1).await + f(2).await
    }
    async_closure_mut() -> u32 {
        let mut n = 1;
        let mut f = async |x: u32| { n += later("c", x).await; };
        f(1).await;
        f(2).await;
        n
    }
    closure_returning_future() -> u32 {
        let f = |x: u32| later("c", x);
        let g = |x| async move { later("d", x).await };
        f(1).await + g(2).await
    }
    question_chain() -> Option<u32> {
        let _g = D("g");
        let n = later("a", Some(Some(2))).await??;
        let m = later("b", Some(D("x"))).await?.name().len() as u32;
        later("c", None::<u32>).await?;
        Some(n + m)
    }
    question_convert() -> Result<u32, Box<dyn std::error::Error>> {
        let n: u32 = later("a", "12").await.parse()?;
        let m = later("b", "x").await.parse::<u32>()?;
        Ok(n + m)
    }
    return_value() -> D {
        let _g = D("g");
        return later("a", D("r")).await;
    }
    return_nested() -> u32 {
        let x = D("x");
        v("f", if later("c", true).await { return x.name().len() as u32 } else { 1 }) + later("d", 2).await
    }
    await_of_await() -> u32 {
        later("outer", later("inner", 3)).await.await
    }
    await_of_if(c: bool) with (true) -> u32 {
        let f = if c { later("a", 1) } else { later("b", 2) };
        f.await + (if c { later("c", 1) } else { later("d", 2) }).await
    }
    await_of_match() -> u32 {
        (match v("n", 1) { 1 => later("a", 1), _ => later("b", 2) }).await
    }
    await_of_block() -> u32 {
        ({ let _g = D("g"); later("a", 1) }).await
    }
    await_if_await() -> u32 {
        (if later("c", true).await { later("a", 1) } else { later("b", 2) }).await
    }
    assert_macros() {
        assert!(later("a", true).await);
        assert_eq!(later("b", 1).await, later("c", 1).await, "message {}", 1);
        assert_ne!(v("d", 1), later("e", 2).await);
    }
    assert_fails() {
        let _g = D("g");
        assert_eq!(later("b", 1).await, v("c", 2));
    }
    format_macros() -> String {
        let name = later("n", "x").await;
        let s = format!("{name} {a} {}", later("y", 1).await, a = later("z", 2).await);
        let l = vec![later("l", 1).await, 2];
        let r = vec![later("r", 7).await; 2];
        format!("{s}{l:?}{r:?}{}", matches!(later("m", Some(1)).await, Some(n) if n > 0))
    }
    write_macro() -> String {
        use std::fmt::Write;
        let mut s = String::new();
        write!(s, "{}", later("x", 1).await).unwrap();
        writeln!(&mut s, "{}", later("y", 2).await).unwrap();
        s
    }
    panics_macro() -> u32 {
        let _g = D("g");
        if later("x", true).await { panic!("no {}", 1) }
        1
    }
    todo_unreachable() -> u32 {
        match later("x", 1).await { 1 => later("y", 2).await, _ => unreachable!() }
    }
    diverging() -> u32 {
        let _g = D("g");
        loop { let _h = D("h"); let n = later("x", 1).await; return n; }
    }
    unit_await_tail() { let _g = D("g"); later("x", ()).await }
    tail_temp() -> usize { later("x", D("value")).await.name().len() }
    tail_temp_semi() -> usize { let n = later("x", D("value")).await.name().len(); n }
    lazy_exit(c: bool) with (true) -> usize {
        let n = later("a", v("c", c) || if v("d", c) { return 4; } else { v("e", true) }).await;
        let m = later("b", !v("f", n) && if v("g", c) { return 5; } else { v("h", true) }).await;
        let k = later("k", (v("i", m) || if v("j", c) { return 6; } else { c }, 1).1).await;
        k + usize::from(m)
    }
    match_temp() -> usize {
        match later("x", D("value")).await.name() { "value" => { log("arm"); later("y", 1).await } _ => 2 }
    }
    if_let_temp() -> usize {
        if let "value" = later("x", D("value")).await.name() { log("arm"); later("y", 1).await } else { 2 }
    }
    if_temp() -> usize {
        if later("x", D("value")).await.name() == "value" { log("arm"); later("y", 1).await } else { 2 }
    }
    while_let_temp() -> usize {
        let mut n = 0;
        while let Some(x) = later("x", D("value")).await.name().get(n..) && n < 2 { n += 1; later("y", x.len()).await; }
        n
    }
    statement_temps() {
        drop((D("a"), later("x", D("b")).await, D("c")));
        later("z", (&D("tmp")).name()).await;
        let _ = (&D("t1"), later("y", 1).await, &D("t2"));
        log("end");
    }
    arg_temps() -> usize {
        fn f(a: &D, b: &D) -> usize { log("f"); a.name().len() + b.name().len() }
        let n = f(&D("a"), &later("x", D("b")).await);
        log("between");
        f(&later("y", D("c")).await, &D("d")) + n
    }
    extended_temps() -> usize {
        let a = &D("a");
        let b = &later("x", D("b")).await;
        later("y", ()).await;
        log("end");
        a.name().len() + b.name().len()
    }
    shadow() -> u32 {
        let x = later("a", 1).await;
        let x = x + later("b", 1).await;
        { let x = later("c", D("x")).await; log(x.name()); }
        let x = { let x = x + 1; later("d", x).await };
        x
    }
    reinit(c: bool) with (true) -> usize {
        let mut a = D("a1");
        if c { drop(a); later("x", ()).await; a = D("a2"); }
        later("y", ()).await;
        a.name().len()
    }
    late_init(c: bool) with (true) -> usize {
        let a;
        let _b = D("b");
        if later("c", c).await { a = D("a1"); } else { a = later("d", D("a2")).await; }
        later("y", ()).await;
        a.name().len()
    }
    cond_move_await(c: bool) with (true) -> usize {
        let a = D("a");
        let b = D("b");
        let n = if c { later("x", a).await.name().len() } else { later("y", b).await.name().len() };
        later("z", n).await
    }
    partial_move() -> usize {
        let pair: (D, D) = (D("a"), D("b"));
        let (first, second) = pair;
        let n = later("x", first).await.name().len();
        n + later("y", second.name().len()).await
    }
    destructured() -> usize {
        let (a, b) = (D("a"), D("b"));
        let n = later("x", a).await;
        n.name().len() + b.name().len()
    }
    send_box() -> u32 {
        fn boxed<'a>(n: u32) -> Pin<Box<dyn Future<Output = u32> + Send + 'a>> { Box::pin(async move { n }) }
        boxed(1).await + boxed(2).await
    }
    poll_fn_select() -> u32 {
        let mut a = Box::pin(later("a", 1));
        let mut b = Box::pin(later("b", 2));
        let _g = D("g");
        let n = std::future::poll_fn(|cx| {
            if let std::task::Poll::Ready(x) = a.as_mut().poll(cx) { return std::task::Poll::Ready(x) }
            b.as_mut().poll(cx)
        }).await;
        n + later("c", 1).await
    }
    never() -> u32 {
        let x: Result<u32, std::convert::Infallible> = later("a", Ok(1)).await;
        let Ok(x) = x;
        x
    }
    const_items() -> u32 {
        const K: u32 = 3;
        static S: u32 = 4;
        fn h(x: u32) -> u32 { x + K }
        use std::cmp::max as biggest;
        later("a", h(S)).await + biggest(later("b", K).await, 1)
    }
    turbofish_default() -> String {
        let x = later("a", "1").await.parse::<u8>().unwrap();
        let y: String = later("b", Default::default()).await;
        let z = later("c", Vec::<u8>::new()).await;
        format!("{x}{y}{z:?}")
    }
    inference_later() -> usize {
        let mut v = Vec::new();
        later("a", ()).await;
        v.push(later("b", 1u8).await);
        v.len()
    }
    none_later() -> usize {
        let mut o = None;
        let _g = D("g");
        if later("a", true).await { o = Some(D("o")); }
        later("b", ()).await;
        o.map_or(0, |d| d.name().len())
    }
}
