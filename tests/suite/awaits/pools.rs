//! Pools of connections, permits, channels and streams, as programs use them.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::{StreamExt, TryStreamExt, stream};
use tokio::sync::{Mutex, RwLock, Semaphore, mpsc, oneshot, watch};

use super::harness::later;
use crate::harness::{D, log, record};

struct Pool {
    idle: Mutex<Vec<D>>,
    sem: Semaphore,
}

fn pool() -> Pool {
    Pool {
        idle: Mutex::new(vec![D("c1"), D("c2")]),
        sem: Semaphore::new(1),
    }
}

/// It logs its drop.
struct Lease<'a>(&'a Pool, D);

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        record(format!("lease {} {}", self.1.name(), self.0.sem.available_permits()));
    }
}

impl Pool {
    async fn get(&self) -> Result<Lease<'_>, String> {
        let found = later("get", self.idle.lock().await.pop()).await;
        Ok(Lease(self, found.ok_or("empty")?))
    }
}

impl Lease<'_> {
    async fn query(&mut self, text: &str) -> Result<Vec<D>, String> {
        later("query", ()).await;
        log(text);
        Ok(vec![D("r1"), D("r2")])
    }
}

awaits! {
    permits_with_other_errors() -> Result<usize, String> {
        let p = pool();
        let permit = p.sem.acquire().await.map_err(|e| e.to_string())?;
        later("q", ()).await;
        drop(permit);
        let permit2 = p.sem.acquire().await.ok().ok_or("none")?;
        Ok(later("n", 1).await)
    }

    connections() -> Result<usize, String> {
        let p = pool();
        let mut c = p.get().await.map_err(|e| e + "x")?;
        let rows = c.query("a").await?;
        for row in &rows { later(row.name(), ()).await; }
        let c2 = p.get().await?;
        if rows.len() == later("n", 2).await { return Ok(7); }
        drop(c);
        Ok(rows.len())
    }

    connections_in_a_loop() -> Result<usize, String> {
        let p = pool();
        let mut total = 0;
        for q in ["a", "b", "c"] {
            let mut c = match p.get().await { Ok(c) => c, Err(e) => { log(e); break } };
            let rows = match c.query(q).await { Ok(r) if r.is_empty() => continue, Ok(r) => r, Err(e) => return Err(e) };
            for row in rows { total += later(row.name(), row.name().len()).await; }
        }
        Ok(total)
    }

    a_job_beside_another() -> Result<usize, String> {
        let p = Arc::new(pool());
        let job = async { let mut c = p.get().await?; c.query("x").await.map(|r| r.len()) };
        let (a, b) = tokio::join!(job, later("other", 1));
        let n = a? + b;
        later("end", ()).await;
        Ok(n)
    }

    two_jobs() -> Result<usize, String> {
        let p = pool();
        let one = async { let mut c = p.get().await?; c.query("x").await.map(|r| r.len()) };
        let two = async { let mut c = p.get().await?; c.query("y").await.map(|r| r.len()) };
        let (a, b) = tokio::try_join!(one, two)?;
        later("end", a + b).await;
        Ok(a + b)
    }

    messages_until_closed() -> Result<u32, String> {
        let (tx, mut rx) = mpsc::channel::<u32>(4);
        for n in 0..4 { tx.send(n).await.map_err(|e| e.to_string())?; }
        drop(tx);
        let mut pings = 0u32;
        let mut tick = D("tick");
        let outcome = loop {
            tokio::select! {
                biased;
                msg = rx.recv() => match msg {
                    Some(0) => continue,
                    Some(n) if n > 2 => { later("close", ()).await; break Err(format!("code {n}")); }
                    Some(n) => pings += n,
                    None => break Ok(pings),
                },
                _ = later("tick", ()) => { log("tick"); tick = D("tock"); }
            }
        };
        match outcome { Ok(n) => Ok(n), Err(e) => { later("report", ()).await; Err(e) } }
    }

    items_that_fail() -> Result<usize, String> {
        let items = vec![Ok(D("a")), Ok(D("b")), Err("bad".to_owned())];
        let mut s = stream::iter(items);
        let mut n = 0;
        while let Some(item) = s.next().await {
            let item = match item { Ok(i) => i, Err(e) => { later("err", ()).await; if n > 1 { break } else { return Err(e) } } };
            n += later(item.name(), item.name().len()).await;
        }
        Ok(n)
    }

    items_to_collect() -> Result<usize, String> {
        let mut s = stream::iter(vec![Ok(D("a")), Ok(D("b")), Err("bad".to_owned())]);
        let mut all = Vec::new();
        while let Some(item) = s.try_next().await? { all.push(item); later("x", ()).await; }
        Ok(all.len())
    }

    a_cache() -> usize {
        let mut cache: BTreeMap<u32, D> = BTreeMap::new();
        for k in [1, 2, 1] {
            if !cache.contains_key(&k) {
                let d = later("fetch", D("fetched")).await;
                cache.insert(k, d);
            }
            let d = &cache[&k];
            later(d.name(), ()).await;
            if let Some(d) = cache.get_mut(&k) { *d = later("renew", D("renewed")).await; }
        }
        cache.len()
    }

    a_watched_value() -> usize {
        let (tx, mut rx) = watch::channel(0usize);
        let mut seen = 0;
        tx.send(3).unwrap();
        while rx.changed().await.is_ok() {
            let v = *rx.borrow_and_update();
            seen += later("v", v).await;
            if v > 4 { break; }
            if tx.send(v + 1).is_err() { return 0; }
        }
        seen
    }

    an_answer() -> Result<u32, String> {
        let (tx, rx) = oneshot::channel();
        let mut tx = Some(tx);
        let fut = async { rx.await.map_err(|_| "closed".to_owned()) };
        if let Some(tx) = tx.take() { tx.send(5).map_err(|n: u32| n.to_string())?; }
        let n = fut.await?;
        Ok(later("n", n).await)
    }

    a_matched_guard() -> usize {
        let m = Mutex::new(vec![D("x")]);
        let g = match m.try_lock() { Ok(g) => g, Err(_) => return 0 };
        later("n", ()).await;
        g.len()
    }

    a_guard_if_there_is_one() -> usize {
        let m = RwLock::new(vec![D("x")]);
        let p = pool();
        for n in 0..3 {
            let mut c = if let Ok(c) = p.get().await { c } else { log("none"); continue };
            let g = m.read().await;
            if c.query(g[0].name()).await.is_err() { break }
        }
        7
    }

    a_guard_or_else() -> usize {
        let p = pool();
        let mut n = 0;
        while n < 3 {
            n += 1;
            let Ok(mut c) = p.get().await else { log("none"); break };
            let Ok(rows) = c.query("q").await else { continue };
            n += later("r", rows.len()).await;
        }
        n
    }

    connections_for_one_statement(job: D) with (D("job")) -> Result<usize, String> {
        let p = pool();
        let _ = p.get().await?;
        let _ = p.get().await.unwrap();
        p.get().await?.query(job.name()).await?;
        log("between");
        p.get().await.err();
        p.get().await?;
        Ok(later("n", 1).await)
    }

    connections_for_one_statement_at_the_end() {
        let p = pool();
        let guard = later("guard", D("guard")).await;
        p.get().await.unwrap().query(guard.name()).await.unwrap();
    }
}
