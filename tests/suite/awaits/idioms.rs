//! Idioms of tokio and futures: actors, pools, selects, channels, retries, streams.

use super::harness::later;
use crate::harness::{D, log};
use futures::{FutureExt, SinkExt, StreamExt, TryFutureExt, TryStreamExt, future, stream, stream::FuturesUnordered};
use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use tokio::sync::{Mutex, Notify, RwLock, Semaphore, broadcast, mpsc, oneshot, watch};

fn make(n: &'static str) -> D {
    log(format!("new {n}"));
    D(n)
}
async fn take(d: D) -> usize {
    later("take", ()).await;
    d.name().len()
}
async fn peek(d: &D) -> usize {
    later("peek", ()).await;
    d.name().len()
}
async fn fallible(n: u32) -> Result<u32, D> {
    later("fallible", ()).await;
    if n > 2 { Err(make("error")) } else { Ok(n) }
}
#[derive(Debug)]
enum Cmd {
    Get(u32, oneshot::Sender<Option<String>>),
    Set(u32, String),
    Stop,
}
#[derive(Debug)]
#[allow(dead_code, reason = "it is shown only")]
enum AppError {
    Low(D),
    Closed,
}
impl From<D> for AppError {
    fn from(d: D) -> Self {
        log("convert");
        AppError::Low(d)
    }
}
struct Pool {
    free: Mutex<Vec<D>>,
    permits: Semaphore,
}
struct Conn<'p>(&'p Pool, Option<D>);
impl Drop for Conn<'_> {
    fn drop(&mut self) {
        log_drop("conn back");
        if let Some(d) = self.1.take()
            && let Ok(mut free) = self.0.free.try_lock()
        {
            free.push(d);
        }
    }
}
fn log_drop(s: &str) {
    crate::harness::record(s.to_string());
}
impl Pool {
    fn new() -> Self {
        Pool {
            free: Mutex::new(vec![D("c1"), D("c2")]),
            permits: Semaphore::new(2),
        }
    }
    async fn get(&self) -> Conn<'_> {
        later("get", ()).await;
        let d = self.free.lock().await.pop();
        Conn(self, d)
    }
}
impl Conn<'_> {
    async fn query(&mut self, n: u32) -> Result<u32, D> {
        later("query", ()).await;
        if n > 5 { Err(make("qerr")) } else { Ok(n) }
    }
}
awaits! {
    actor() -> Vec<String> {
        let (tx, mut rx) = mpsc::channel::<Cmd>(8);
        let actor = async move {
            let mut state: HashMap<u32, String> = HashMap::new();
            while let Some(cmd) = rx.recv().await {
                match cmd {
                    Cmd::Get(k, reply) => { later("get", ()).await; let _ = reply.send(state.get(&k).cloned()); }
                    Cmd::Set(k, v) => { later("set", ()).await; state.insert(k, v); }
                    Cmd::Stop => break,
                }
            }
            state.len()
        };
        let client = async {
            let mut out = vec![];
            tx.send(Cmd::Set(1, "one".into())).await.unwrap();
            for k in [1, 2] {
                let (r, a) = oneshot::channel();
                tx.send(Cmd::Get(k, r)).await.unwrap();
                out.push(format!("{:?}", a.await.unwrap()));
            }
            tx.send(Cmd::Stop).await.unwrap();
            out
        };
        let (n, mut out) = futures::join!(actor, client);
        out.push(n.to_string());
        out
    }
    actor_loop(mut rx: mpsc::Receiver<u32>, d: D) with ({ let (tx, rx) = mpsc::channel(4); for i in 0..4 { tx.try_send(i).unwrap(); } rx }, D("state")) -> Result<u32, AppError> {
        let mut sum = 0;
        while let Some(n) = rx.recv().await {
            let guard = make("guard");
            if n == 2 { continue; }
            sum += fallible(n).await?;
            drop(guard);
            later("after", ()).await;
        }
        Ok(sum)
    }
    mutex_counter() -> u32 {
        let m = Arc::new(Mutex::new(0));
        for i in 0..3 {
            let m = m.clone();
            let mut g = m.lock().await;
            *g += later("step", i).await;
        }
        let n = *m.lock().await;
        n
    }
    mutex_local_guard() -> u32 {
        let m = Mutex::new(vec![1u32]);
        let mut g = m.lock().await;
        g.push(later("x", 2).await);
        let n = g.iter().sum::<u32>();
        drop(g);
        later("y", ()).await;
        n + m.into_inner().len() as u32
    }
    rwlock_map() -> usize {
        let map = RwLock::new(BTreeMap::new());
        map.write().await.insert(1, make("a"));
        { let mut w = map.write().await; w.insert(2, make("b")); later("in", ()).await; }
        let n = map.read().await.get(&1).map_or(0, |d| d.name().len());
        let r = map.read().await;
        let m = match r.get(&2) { Some(d) => peek(d).await, None => 0 };
        n + m
    }
    semaphore_guard() -> usize {
        let s = Arc::new(Semaphore::new(1));
        let permit = s.clone().acquire_owned().await.unwrap();
        let n = later("work", 1usize).await;
        drop(permit);
        let p = s.acquire().await.unwrap();
        later("more", ()).await;
        n + s.available_permits()
    }
    select_loop(mut rx: mpsc::Receiver<u32>) with ({ let (tx, rx) = mpsc::channel(4); for i in 0..3 { tx.try_send(i).unwrap(); } rx }) -> u32 {
        let mut sum = 0;
        let stop = Notify::new();
        let mut n = 0;
        loop {
            tokio::select! {
                biased;
                _ = stop.notified() => break,
                m = rx.recv() => match m {
                    Some(x) => { let g = make("in"); sum += later("handle", x).await; if x == 1 { stop.notify_one(); } }
                    None => break,
                },
            }
            n += 1;
        }
        sum * 10 + n
    }
    select_timeout(d: D) with (D("d")) -> Result<usize, &'static str> {
        let mut work = pin!(async { later("work", ()).await; later("work2", ()).await; d.name().len() });
        let n = tokio::select! {
            biased;
            n = &mut work => n,
            _ = later("timeout", ()) => return Err("timeout"),
        };
        Ok(n)
    }
    select_else(mut a: mpsc::Receiver<u32>, mut b: mpsc::Receiver<u32>) with ({ let (tx, rx) = mpsc::channel(4); tx.try_send(1).unwrap(); rx }, { let (tx, rx) = mpsc::channel(4); tx.try_send(2).unwrap(); rx }) -> Vec<u32> {
        let mut out = vec![];
        loop {
            tokio::select! {
                biased;
                Some(x) = a.recv(), if out.len() < 5 => out.push(later("a", x).await),
                Some(x) = b.recv() => { out.push(x); continue }
                else => return out,
            }
            later("end", ()).await;
        }
    }
    futures_select() -> u32 {
        let mut a = Box::pin(later("a", 1).fuse());
        let mut b = Box::pin(later("b", 2).fuse());
        let mut n = 0;
        loop {
            futures::select_biased! {
                x = a => { n += x; later("in_a", ()).await; }
                y = b => { n += y * 10; }
                complete => break,
            }
        }
        n
    }
    unordered() -> Vec<u32> {
        let mut set = FuturesUnordered::new();
        for i in 0..3 { set.push(later("u", i)); }
        let mut out = vec![];
        while let Some(x) = set.next().await { out.push(x); if out.len() == 2 { later("pause", ()).await; } }
        out.sort();
        out
    }
    buffered() -> Vec<usize> {
        let d = make("d");
        let out: Vec<_> = stream::iter(0..4u32).map(|n| async move { later("b", n as usize).await }).buffered(2).collect().await;
        later("end", ()).await;
        out
    }
    for_each_stream() -> u32 {
        let mut s = stream::iter(vec![1, 2, 3]).then(|n| later("then", n));
        let mut s = pin!(s);
        let mut sum = 0;
        while let Some(n) = s.next().await { sum += n; later("body", ()).await; }
        sum
    }
    try_stream() -> Result<u32, D> {
        let mut s = Box::pin(stream::iter(vec![1, 2, 3]).then(|n| fallible(n)));
        let mut sum = 0;
        while let Some(n) = s.try_next().await? { sum += n; }
        Ok(sum)
    }
    pool_use() -> Result<u32, D> {
        let pool = Pool::new();
        let permit = pool.permits.acquire().await.unwrap();
        let mut c = pool.get().await;
        let n = c.query(1).await?;
        let m = pool.get().await.query(n + 1).await?;
        let q = c.query(m + 4).await?;
        Ok(q)
    }
    retry(mut f: impl AsyncFnMut(u32) -> Result<u32, D>) with ({ let mut k = 5; async move |n: u32| { k -= 1; fallible(n + k).await } }) -> Result<u32, D> {
        let mut tries = 0;
        loop {
            match f(1).await {
                Ok(n) => return Ok(n + tries),
                Err(e) if tries < 2 => { tries += 1; later("backoff", ()).await; }
                Err(e) => return Err(e),
            }
        }
    }
    retry2(f: &dyn Fn(u32) -> Pin<Box<dyn Future<Output = Result<u32, D>>>>) with (&|n| Box::pin(fallible(n)) as Pin<Box<dyn Future<Output = Result<u32, D>>>>) -> Result<u32, AppError> {
        let mut last = None;
        for n in (1..=4).rev() {
            match f(n).await { Ok(n) => return Ok(n), Err(e) => last = Some(e) }
            later("wait", ()).await;
        }
        Err(last.map_or(AppError::Closed, AppError::Low))
    }
    oneshot_reply() -> Result<u32, AppError> {
        let (tx, rx) = oneshot::channel();
        let worker = async move { let n = fallible(2).await?; tx.send(n).map_err(|_| AppError::Closed)?; Ok::<_, AppError>(()) };
        let (w, r) = futures::join!(worker, rx);
        w?;
        r.map_err(|_| AppError::Closed)
    }
    watch_changes() -> Vec<u32> {
        let (tx, mut rx) = watch::channel(0);
        let mut out = vec![];
        tx.send(1).unwrap();
        while rx.changed().await.is_ok() {
            let n = *rx.borrow_and_update();
            out.push(later("seen", n).await);
            if n == 3 { break; }
            tx.send(n + 1).unwrap();
        }
        out
    }
    broadcast_all() -> u32 {
        let (tx, mut a) = broadcast::channel(4);
        let mut b = tx.subscribe();
        tx.send(1).unwrap(); tx.send(2).unwrap();
        drop(tx);
        let mut n = 0;
        while let Ok(x) = a.recv().await { n += x; }
        while let Ok(x) = b.recv().await { n += later("b", x).await * 10; }
        n
    }
    graceful(mut rx: mpsc::Receiver<D>, mut stop: watch::Receiver<bool>) with ({ let (tx, rx) = mpsc::channel(4); tx.try_send(D("j1")).unwrap(); tx.try_send(D("j2")).unwrap(); rx }, watch::channel(false).1) -> usize {
        let mut done = 0;
        let _guard = scopeguard(|| log_drop("shutdown"));
        loop {
            let job = tokio::select! {
                biased;
                job = rx.recv() => match job { Some(j) => j, None => break },
                r = stop.changed() => { if r.is_err() || *stop.borrow() { break } else { continue } }
            };
            done += take(job).await;
        }
        done
    }
    try_join_all(d: D) with (D("d")) -> Result<u32, D> {
        let (a, b) = futures::try_join!(fallible(1), async { let n = fallible(2).await?; peek(&d).await; Ok(n) })?;
        let list = future::try_join_all((0..3).map(fallible)).await?;
        Ok(a + b + list.iter().sum::<u32>())
    }
    join_all_borrow(list: Vec<D>) with (vec![D("a"), D("bb")]) -> usize {
        let n: usize = future::join_all(list.iter().map(peek)).await.into_iter().sum();
        later("x", ()).await;
        n + list.len()
    }
    mapped_results(list: Vec<u32>) with (vec![1, 2, 3]) -> Result<Vec<u32>, D> {
        let mut out = Vec::with_capacity(list.len());
        for n in &list { out.push(fallible(*n).await.map(|n| n * 2)?); }
        Ok(out)
    }
    and_then_chain() -> Result<u32, D> {
        let g = make("g");
        let n = fallible(1).and_then(|n| fallible(n + 1)).map_ok(|n| n * 10).await?;
        let m = later("x", n).map(|n| n + 1).then(|n| later("y", n)).await;
        Ok(m)
    }
    timeout_guard(d: D) with (D("d")) -> usize {
        match future::select(Box::pin(peek(&d)), Box::pin(later("timeout", ()))).await {
            future::Either::Left((n, rest)) => { drop(rest); later("left", ()).await; n }
            future::Either::Right(((), rest)) => { later("right", ()).await; rest.await }
        }
    }
    either_local() -> usize {
        let d = make("d");
        let r = future::select(Box::pin(peek(&d)), Box::pin(later("t", ()))).await;
        match r {
            future::Either::Left((n, _)) => n,
            future::Either::Right(((), rest)) => rest.await,
        }
    }
    pagination(token: Option<u32>) with (Some(0)) -> Vec<String> {
        let mut token = token;
        let mut all = Vec::new();
        while let Some(t) = token.take() {
            let (items, next) = page(t).await;
            all.extend(items.into_iter().map(|d| d.name().to_string()));
            token = next;
        }
        all
    }
    backpressure() -> usize {
        let (mut tx, mut rx) = futures::channel::mpsc::channel::<u32>(1);
        let produce = async move { for i in 0..4 { if tx.send(i).await.is_err() { break; } later("sent", ()).await; } };
        let consume = async move { let mut n = 0; while let Some(x) = rx.next().await { later("slow", ()).await; n += x as usize; } n };
        futures::join!(produce, consume).1
    }
    notify_wait(n: Rc<Cell<u32>>) with (Rc::new(Cell::new(0))) -> u32 {
        let notify = Rc::new(Notify::new());
        notify.notify_one();
        let waiting = notify.notified();
        n.set(1);
        waiting.await;
        later("x", ()).await;
        n.get()
    }
}
fn scopeguard<F: FnMut()>(f: F) -> impl Drop {
    struct G<F: FnMut()>(F);
    impl<F: FnMut()> Drop for G<F> {
        fn drop(&mut self) {
            (self.0)();
        }
    }
    G(f)
}
async fn page(n: u32) -> (Vec<D>, Option<u32>) {
    later("page", ()).await;
    (vec![make("item")], (n < 2).then_some(n + 1))
}
