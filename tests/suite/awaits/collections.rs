//! Collections, texts, channels and streams that are locals.

use std::collections::{BTreeMap, VecDeque};
use std::pin::pin;

use futures::future::{self, Either};
use futures::{StreamExt, stream};
use tokio::sync::{Notify, mpsc};

use super::harness::later;
use crate::harness::{D, log};

fn d(name: &'static str) -> D {
    log(name);
    D(name)
}

async fn id<T>(value: T) -> T {
    later("id", ()).await;
    value
}

struct Cfg {
    name: String,
    hosts: Vec<String>,
    limit: Option<usize>,
    d: D,
}

fn cfg() -> Cfg {
    Cfg {
        name: "n".to_owned(),
        hosts: vec!["h1".to_owned(), "h2".to_owned()],
        limit: Some(2),
        d: D("cfg"),
    }
}

awaits! {
    a_found_host() -> Result<usize, String> {
        let c = cfg();
        let mut tries = 0;
        let host = loop {
            let Some(host) = c.hosts.get(tries) else { return Err("none".into()) };
            if id(host == "h2").await { break host; }
            tries += 1;
        };
        Ok(later("h", host.len()).await)
    }

    the_length_of_a_found_host() -> usize {
        let c = cfg();
        let mut tries = 0;
        let n = loop {
            let Some(host) = c.hosts.get(tries) else { break 0 };
            if id(host == "h2").await { break host.len(); }
            tries += 1;
        };
        later(c.d.name(), ()).await;
        later("h", n).await
    }

    hosts_that_are_tried() -> Result<usize, String> {
        let c = cfg();
        let mut tries = 0;
        let best = loop {
            let Some(host) = c.hosts.get(tries) else { break Err("out".to_owned()) };
            match id(if tries == 0 { Err(format!("bad {host}")) } else { Ok(host.len()) }).await {
                Ok(n) => break Ok((host, n)),
                Err(e) => { log(&e); tries += 1; later("backoff", ()).await; }
            }
        };
        let (h, n) = best?;
        later(if h == "h2" { "two" } else { "one" }, n + c.limit.unwrap_or(0)).await;
        Ok(n)
    }

    fields_that_change() -> usize {
        let mut c = cfg();
        let host = c.hosts.last_mut().unwrap();
        host.push_str(&id("x".to_string()).await);
        let name = &mut c.name;
        *name = id(format!("{name}!")).await;
        name.push('?');
        if let Some(l) = &mut c.limit { *l += id(3).await; }
        if let Some(l) = c.limit.as_mut() { *l += id(3).await; }
        let n = c.limit.get_or_insert(0);
        *n += id(1).await;
        later("z", c.hosts[1].len() * 100 + c.name.len() * 10 + c.limit.unwrap()).await
    }

    parts_of_a_text() -> Vec<String> {
        let text = id("a=1;b=2;c".to_string()).await;
        let mut out = vec![];
        for pair in text.split(';') {
            let Some((k, v)) = pair.split_once('=') else { later("bad", ()).await; continue };
            out.push(format!("{k}{}", id(v).await));
        }
        let first = text.split(';').next().unwrap_or("");
        later("z", ()).await;
        out.push(first.to_owned());
        out
    }

    a_notification() -> u32 {
        let n = Notify::new();
        let waiting = n.notified();
        n.notify_one();
        waiting.await;
        later("z", 1).await
    }

    one_of_two() -> u32 {
        let a = pin!(id(1));
        let b = pin!(later("b", 2));
        match future::select(a, b).await { Either::Left((n, rest)) => n * 10 + rest.await, Either::Right((n, rest)) => n + rest.await * 100 }
    }

    buffered_items() -> Vec<u32> {
        let base = d("bb");
        let out: Vec<u32> = stream::iter([1u32, 2, 3]).map(|n| async move { id(n).await }).buffered(2).collect().await;
        let lens: Vec<usize> = stream::iter(0..2).then(|n| { let base = &base; async move { id(base.name().len() + n).await } }).collect().await;
        later("z", ()).await;
        out.into_iter().chain(lens.into_iter().map(|n| n as u32)).collect()
    }

    a_sender_and_a_receiver() -> usize {
        let (tx, mut rx) = mpsc::channel(1);
        let send = async move { for n in 0..3 { if tx.send(D(["a", "b", "c"][n])).await.is_err() { break; } later("sent", ()).await; } log("done"); };
        let recv = async { let mut n = 0; while let Some(d) = rx.recv().await { n += later(d.name(), 1).await; } n };
        let ((), n) = tokio::join!(send, recv);
        later("z", n).await
    }

    a_timeout() -> Result<u32, &'static str> {
        let work = async { let _g = d("work"); id(1).await + id(2).await };
        let mut work = Box::pin(work);
        let r = tokio::select! { biased; n = &mut work => Ok(n), _ = later("timer", ()) => Err("late") };
        drop(work);
        later("z", ()).await;
        r
    }

    a_function_within() -> usize {
        async fn inner(x: &D, y: &mut Vec<D>) -> usize { y.push(D("in")); later("inner", x.name().len() + y.len()).await }
        let a = d("a");
        let mut list = vec![];
        let n = inner(&a, &mut list).await + inner(&a, &mut list).await * 10;
        let m = { let r = &mut list; inner(&a, r).await + inner(&a, r).await };
        later("z", n + m + list.len()).await
    }

    entries_of_a_map() -> Vec<(u32, usize)> {
        let mut map: BTreeMap<u32, Vec<D>> = BTreeMap::new();
        for k in [1, 2, 1] {
            map.entry(k).or_default().push(id(d("x")).await);
            let e = map.entry(k + 5).or_insert_with(Vec::new);
            e.push(id(d("y")).await);
            e.push(d("z"));
        }
        later("z", ()).await;
        map.iter().map(|(k, v)| (*k, v.len())).collect()
    }

    drained_lists() -> usize {
        let mut q: VecDeque<D> = ["a", "b", "c"].map(D).into();
        let mut n = 0;
        while let Some(x) = q.pop_front() { n += later(x.name(), 1).await; if n == 1 { q.push_back(x); } }
        let mut list = vec![d("p"), d("q")];
        for x in list.drain(..) { n += id(x).await.name().len(); }
        later("z", n + list.len()).await
    }

    windows_and_chunks() -> u32 {
        let list = vec![1u32, 2, 3];
        let mut s = 0;
        for w in list.windows(2) { s += id(w[0] * w[1]).await; }
        for (i, x) in list.iter().enumerate().rev() { s += id(*x * i as u32).await; }
        for c in list.chunks(2).map(|c| c.len() as u32) { s += id(c).await; }
        s
    }

    copies_of_a_list() -> Option<u32> {
        let list = vec![1, 2, 3];
        let guard = D("guard");
        let mut sum = 0;
        for n in list.iter().copied().filter(|n| *n > 1) { sum += later("n", n).await; }
        let other = &list;
        for n in other.iter().skip(1).copied().take(1) { sum += later("o", n).await; }
        let most = list.iter().copied().max()?;
        for n in list.iter().copied() { if later("c", n == most).await { break; } }
        log(guard.name());
        Some(sum + most)
    }

    copies_of_keys_and_values() -> Vec<String> {
        let names = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
        let mut seen = Vec::new();
        for name in names.keys().cloned() { seen.push(later("k", name).await); }
        for n in names.values().copied().rev() { seen.push(later("v", n).await.to_string()); }
        let first = names.get("a").copied().unwrap_or(0);
        later("f", first).await;
        seen
    }

    flattened_options() -> u32 {
        let list = vec![Some(1), None, Some(3)];
        let mut sum = 0;
        for n in list.iter().flatten() { sum += later("n", *n).await; }
        for n in list.iter().map_while(|n| *n) { sum += later("m", n).await; }
        for n in list.iter().cycle().take(4) { later("c", n.is_some()).await; }
        let mut copies = list.iter().copied().skip(1);
        later("x", ()).await;
        sum + copies.flatten().sum::<u32>()
    }

    pairs_of_a_field() -> (u32, usize) {
        struct State { names: BTreeMap<u32, String>, seen: Vec<u32>, d: D }
        let mut state = State { names: BTreeMap::from([(1, "a".to_owned()), (2, "b".to_owned())]), seen: vec![], d: D("state") };
        for (n, name) in &state.names { state.seen.push(later("n", n + name.len() as u32).await); }
        for (n, name) in &mut state.names {
            if later("m", *n == 2).await { break; }
            name.push('x');
        }
        log(state.d.name());
        (state.seen.iter().sum(), state.names[&1].len())
    }

    first_parts_of_a_text() -> usize {
        let text = String::from("a b c");
        let parts: Vec<&str> = text.splitn(2, ' ').collect();
        let n = later("n", parts[1].len()).await;
        let mut last = text.rsplitn(2, ' ');
        let m = later("m", last.next().map_or(0, str::len)).await;
        later("end", n + m + last.count()).await
    }

    collected_parts_of_a_text() -> usize {
        let text = String::from(" a , bc ");
        let parts: Vec<_> = text.split(',').map(|part| part.trim()).collect();
        let n = later("n", parts[0].len()).await;
        let again = text.split(',').map(str::trim).filter(|part| part.len() > 1).collect::<Vec<_>>();
        let mut sum = n;
        for part in &again {
            sum += later("part", part.len()).await;
        }
        sum + later("end", parts.len()).await
    }
}
