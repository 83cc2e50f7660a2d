//! Futures as values: stored, joined, raced, taken again.

#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "what bodies use, each in its own way"
)]

use super::harness::later;
use crate::harness::{D, log, v};
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;

async fn show(text: &str) -> usize {
    later("show", text.len()).await
}
async fn bump(n: &mut u32) -> u32 {
    later("bump", ()).await;
    *n += 1;
    *n
}

/// Of tokio's: all are polled until all are ready.
macro_rules! join {
    ($a:expr, $b:expr) => {{
        let (mut a, mut b) = (pin!($a), pin!($b));
        let (mut x, mut y) = (None, None);
        poll_fn(|context| {
            if x.is_none()
                && let Poll::Ready(value) = a.as_mut().poll(context)
            {
                x = Some(value);
            }
            if y.is_none()
                && let Poll::Ready(value) = b.as_mut().poll(context)
            {
                y = Some(value);
            }
            match x.is_some() && y.is_some() {
                true => Poll::Ready((x.take().unwrap(), y.take().unwrap())),
                false => Poll::Pending,
            }
        })
        .await
    }};
}

/// Of tokio's: the first that is ready wins.
macro_rules! select {
    ($($p:pat = $f:expr => $body:expr),* $(,)?) => {{
        enum Won<A, B> { First(A), Second(B) }
        select!(@two $($p, $f, $body),*)
    }};
    (@two $p:pat, $f:expr, $b:expr, $q:pat, $g:expr, $c:expr) => {{
        let (mut f, mut g) = (pin!($f), pin!($g));
        let won = poll_fn(|context| {
            if let Poll::Ready(value) = f.as_mut().poll(context) { return Poll::Ready(Won::First(value)); }
            if let Poll::Ready(value) = g.as_mut().poll(context) { return Poll::Ready(Won::Second(value)); }
            Poll::Pending
        }).await;
        match won { Won::First($p) => $b, Won::Second($q) => $c }
    }};
}

struct Conn(D, u32);
impl Conn {
    async fn ping(&mut self) -> u32 {
        later("ping", ()).await;
        self.1 += 1;
        self.1
    }
}

awaits! {
    joined() -> u32 {
        let (a, b) = join!(later("a", 1), later("b", 2));
        let _g = D("g");
        let (c, _) = join!(later("c", a), later("d", D("d")));
        a + b + c
    }
    joined_borrows() -> usize {
        let text = String::from("abc");
        let guard = D("guard");
        let mut n = 1;
        let _younger = D("younger");
        let (a, b) = join!(show(&text), bump(&mut n));
        let (c, d) = join!(show(guard.name()), show(&text));
        a + b as usize + c + d + n as usize + text.len()
    }
    joined_blocks() -> u32 {
        let mut conn = Conn(D("conn"), 1);
        let k = D("k");
        let a = async { conn.ping().await + conn.ping().await };
        let b = async { show(k.name()).await as u32 };
        let (x, y) = join!(a, b);
        x + y + conn.1
    }
    joined_question() -> Result<u32, String> {
        let _g = D("g");
        let (a, b) = join!(later("a", Ok::<u32, String>(1)), later("b", Err::<u32, String>("e".into())));
        Ok(a? + b?)
    }
    raced() -> u32 {
        let mut conn = Conn(D("conn"), 1);
        let _g = D("g");
        let n = select! {
            n = conn.ping() => n + 1,
            _m = later("timeout", D("t")) => 0,
        };
        n + conn.ping().await
    }
    raced_in_loop() -> u32 {
        let mut conn = Conn(D("conn"), 1);
        let mut total = 0;
        loop {
            let _round = D("round");
            let done = select! {
                n = conn.ping() => { total += n; total > 5 },
                _ = later("never", ()) => true,
            };
            if done { return total; }
        }
    }
    blocks_stored() -> u32 {
        let k = D("k");
        let mut n = 1;
        let _younger = D("younger");
        let f = async { later("x", k.name().len() as u32).await };
        let g = async { n += later("y", 2).await; };
        log("made");
        g.await;
        let m = f.await;
        m + n + k.name().len() as u32
    }
    block_stored_over_await() -> usize {
        let k = D("k");
        let f = async { show(k.name()).await };
        later("first", ()).await;
        let n = f.await;
        log(k.name());
        n
    }
    block_owning() -> usize {
        let k = D("k");
        let _younger = D("younger");
        let f = async { let k = k; show(k.name()).await };
        later("first", ()).await;
        f.await
    }
    block_boxed() -> usize {
        let k = String::from("k");
        let f: Pin<Box<dyn Future<Output = usize>>> = Box::pin(async move { show(&k).await });
        let _younger = D("younger");
        later("first", ()).await;
        f.await
    }
    polled_by_hand() -> u32 {
        let mut future = later("x", 1);
        let polled = poll_fn(|context| Poll::Ready(Pin::new(&mut future).poll(context).is_ready())).await;
        log(polled);
        if polled { 0 } else { future.await }
    }
    in_option() -> usize {
        let arg = D("arg");
        let o = Some(&arg);
        if let Some(o) = o { show(o.name()).await; }
        let n = match o { Some(o) => show(o.name()).await, None => 0 };
        n + arg.name().len()
    }
    nested_blocks() -> u32 {
        let a = D("a");
        let n = async {
            let b = D("b");
            let m = async { let _c = D("c"); later("in", a.name().len() as u32).await }.await;
            m + show(b.name()).await as u32
        }.await;
        n + later("out", 1).await
    }
    question_in_block() -> Result<u32, String> {
        let _g = D("g");
        let n = async { let m = later("a", Err::<u32, String>("e".into())).await?; Ok::<u32, String>(m) }.await;
        later("b", n).await?;
        Ok(1)
    }
    return_in_block() -> u32 {
        let _g = D("g");
        let n = async { if later("a", true).await { return 1; } 2 }.await;
        n + later("b", 1).await
    }
    ready_and_pending() -> u32 {
        std::future::ready(1).await + std::future::ready(()).await.eq(&()) as u32 + later("x", 1).await
    }
    yields_once() -> u32 {
        let mut polled = false;
        let _g = D("g");
        poll_fn(|context| {
            if polled { return Poll::Ready(()); }
            polled = true;
            context.waker().wake_by_ref();
            Poll::Pending
        }).await;
        later("x", polled as u32).await
    }
}
